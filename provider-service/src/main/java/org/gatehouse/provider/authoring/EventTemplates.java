package org.gatehouse.provider.authoring;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/** Asks the judge for the place of a new event. */
public interface EventTemplates {

    /** Empty if the judge does not know the room. */
    Optional<EventTemplate> template(
            RoomId roomId, UserId sender, String type, Optional<String> stateKey, JsonObject content);
}
