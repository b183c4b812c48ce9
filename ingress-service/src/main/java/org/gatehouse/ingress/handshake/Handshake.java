package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.ingress.roomfacts.RoomFactsView;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.http.MatrixError;

/** Questions that every membership handshake asks first: is the room ours, may this server come, is the user its own. */
@ApplicationScoped
class Handshake {

    private final RoomFactsView rooms;

    Handshake(RoomFactsView rooms) {
        this.rooms = rooms;
    }

    /**
     * The room, if the hosted name has a joined user in it and its ACL admits the origin.
     *
     * @throws MatrixError (in the Uni) 404 if it has none, 403 if the ACL denies the origin
     */
    Uni<KnownRoom> residentRoom(String roomId, ServerName hosted, ServerName origin) {
        RoomId id = roomId(roomId);
        return rooms.of(id)
                .map(room -> room.filter(known -> !known.facts().joining() && known.isResident(hosted))
                        .map(known -> admitted(known, origin))
                        .orElseThrow(() ->
                                new MatrixError(404, "M_NOT_FOUND", "no user of " + hosted + " is in this room")));
    }

    /** Whatever is known of the room. */
    Uni<Optional<KnownRoom>> anyRoom(RoomId roomId) {
        return rooms.of(roomId);
    }

    static KnownRoom admitted(KnownRoom room, ServerName origin) {
        if (!room.admits(origin)) {
            throw new MatrixError(403, "M_FORBIDDEN", "the room's server ACL denies this server");
        }
        return room;
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
