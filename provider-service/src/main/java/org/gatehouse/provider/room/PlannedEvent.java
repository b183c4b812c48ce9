package org.gatehouse.provider.room;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.StateKey;

/** A state event that a new room begins with. */
record PlannedEvent(StateKey slot, JsonObject content) {

    static PlannedEvent of(String type, JsonObject content) {
        return new PlannedEvent(StateKey.of(type), content);
    }
}
