package org.gatehouse.stateresolution.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.stateresolution.room.JudgedRow;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.room.Rooms;
import org.gatehouse.stateresolution.room.Rooms.RoomBusy;

/** Asks a room something. What is not there, of whatever kind, is answered in the same words. */
@ApplicationScoped
class ReadRoom {

    private static final long PATIENCE_MILLIS = 15_000;

    private final Rooms rooms;

    ReadRoom(Rooms rooms) {
        this.rooms = rooms;
    }

    /**
     * Asks a room that has a state.
     *
     * @throws MatrixError 404 if there is no such room, 503 if it is busy for long
     */
    <T> T ask(String roomId, Function<Room, T> question) {
        RoomId id = RoomId.tryParse(roomId).orElseThrow(ReadRoom::notFound);
        try {
            return rooms.read(id, PATIENCE_MILLIS, room -> {
                if (!room.head().hasState()) {
                    throw notFound();
                }
                return question.apply(room);
            });
        } catch (RoomBusy busy) {
            throw MatrixError.unavailable("The room is busy", Duration.ofSeconds(2));
        }
    }

    /** As {@link #ask}, where the answer is JSON text. */
    Response answer(String roomId, Function<Room, byte[]> question) {
        return MatrixResponses.json(200, this.<byte[]>ask(roomId, question));
    }

    /** As {@link #ask}, where the answer is a JSON object. */
    Response answerObject(String roomId, Function<Room, JsonObject> question) {
        return MatrixResponses.json(this.<JsonObject>ask(roomId, question));
    }

    static MatrixError notFound() {
        return MatrixError.notFound("Not found");
    }

    /** The verdict of an event in its place in this room. */
    static Optional<JudgedRow> judged(Room room, String eventId) {
        return EventId.tryParse(eventId).flatMap(room::judged);
    }
}
