package org.gatehouse.provider.sync;

import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * What a sync shows.
 *
 * @param rooms the four kinds of rooms, as the answer has them
 * @param watched rooms whose news wake the user
 */
record SyncResult(SyncToken next, JsonObject rooms, Set<RoomId> watched) {

    SyncResult {
        watched = Set.copyOf(watched);
    }

    boolean isEmpty() {
        return rooms.isEmpty();
    }

    JsonObject toJson() {
        JsonObject answer = JsonObject.EMPTY.with("next_batch", next.toString());
        return rooms.isEmpty() ? answer : answer.with("rooms", rooms);
    }
}
