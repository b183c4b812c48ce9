package org.gatehouse.provider.delivery;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/** Memberships of hosted users. */
public interface Memberships {

    Optional<Membership> find(UserId userId, RoomId roomId);

    /** All of a user, without those that the user has forgotten. */
    List<Membership> ofUser(UserId userId);

    /** The hosted users of a room that have the kind. */
    List<UserId> hosted(RoomId roomId, String kind);

    void put(List<Membership> memberships);

    /** Hides a room from its user up to that offset. */
    void forget(UserId userId, RoomId roomId, long offset);
}
