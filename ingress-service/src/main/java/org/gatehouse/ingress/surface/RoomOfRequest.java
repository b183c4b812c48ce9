package org.gatehouse.ingress.surface;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.gatehouse.ingress.roomfacts.KnownRoom;

/** The room in the path of the request at hand, if it is known here; its ACL, if it has one, admits the origin. */
@RequestScoped
public class RoomOfRequest {

    private Optional<KnownRoom> room = Optional.empty();

    void found(Optional<KnownRoom> known) {
        this.room = known;
    }

    /** Empty for a room that no hosted name is or was in, and for operations that do not ask the ACL. */
    public Optional<KnownRoom> get() {
        return room;
    }
}
