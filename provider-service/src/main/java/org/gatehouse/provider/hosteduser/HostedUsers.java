package org.gatehouse.provider.hosteduser;

import java.util.Optional;
import org.gatehouse.matrix.identifier.UserId;

/** The users that live here. */
public interface HostedUsers {

    /** Adds a user; false if the name is taken, whoever asks at the same time. */
    boolean register(HostedUser user);

    Optional<HostedUser> find(UserId userId);
}
