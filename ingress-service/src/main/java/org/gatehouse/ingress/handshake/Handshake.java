package org.gatehouse.ingress.handshake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.ingress.surface.RoomOfRequest;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.http.MatrixError;

/** Questions that every membership handshake asks first: is the room ours, is the user its own. */
@ApplicationScoped
class Handshake {

    private final RoomOfRequest room;

    Handshake(RoomOfRequest room) {
        this.room = room;
    }

    /**
     * The room of the request's path, if the hosted name has a joined user in it.
     *
     * @throws MatrixError 404 if it has none
     */
    KnownRoom residentRoom(ServerName hosted) {
        return room.get()
                .filter(known -> !known.facts().joining() && known.isResident(hosted))
                .orElseThrow(() -> MatrixError.notFound("no user of " + hosted + " is in this room"));
    }

    /** Whatever is known of the room of the request's path. */
    Optional<KnownRoom> anyRoom() {
        return room.get();
    }

    static RoomId roomId(String text) {
        return RoomId.tryParse(text).orElseThrow(() -> invalid("not a room ID"));
    }

    static EventId eventId(String text) {
        return EventId.tryParse(text).orElseThrow(() -> invalid("not an event ID"));
    }

    /** A user of the origin. */
    static UserId ownUser(String text, ServerName origin) {
        UserId user = UserId.tryParse(text).orElseThrow(() -> invalid("not a user ID"));
        if (!user.serverName().equals(origin)) {
            throw new MatrixError(403, "M_FORBIDDEN", "a server speaks for its own users only");
        }
        return user;
    }

    static MatrixError invalid(String message) {
        return new MatrixError(400, "M_INVALID_PARAM", message);
    }
}
