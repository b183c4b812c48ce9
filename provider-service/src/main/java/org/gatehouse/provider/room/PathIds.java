package org.gatehouse.provider.room;

import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.http.MatrixError;

/** Reads identifiers out of paths and bodies. */
public final class PathIds {

    private PathIds() {}

    /**
     * Reads a room ID.
     *
     * @throws MatrixError 400 M_INVALID_PARAM
     */
    public static RoomId room(String text) {
        return RoomId.tryParse(text).orElseThrow(() -> MatrixError.invalidParam("That is no room ID"));
    }

    /**
     * Reads an event ID.
     *
     * @throws MatrixError 400 M_INVALID_PARAM
     */
    public static EventId event(String text) {
        return EventId.tryParse(text).orElseThrow(() -> MatrixError.invalidParam("That is no event ID"));
    }

    /**
     * Reads a user ID.
     *
     * @throws MatrixError 400 M_INVALID_PARAM
     */
    public static UserId user(String text) {
        return UserId.tryParse(text).orElseThrow(() -> MatrixError.invalidParam("That is no user ID"));
    }
}
