package org.gatehouse.provider.hosteduser;

import java.util.Optional;
import org.gatehouse.matrix.identifier.UserId;

/** Devices and the tokens by which they act, known only by hash. */
public interface Sessions {

    /** Adds a device with its token; a device that was there gets the new token. */
    void open(Session session, TokenHash token, String displayName);

    Optional<Session> find(TokenHash token);

    /** Ends a session and its device. */
    void close(Session session, TokenHash token);

    /** Ends all sessions of a user. */
    void closeAll(UserId userId);
}
