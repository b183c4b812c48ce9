package org.gatehouse.matrix.authrule;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;

/** Rule 1: the event that makes the room. */
final class CreateRules {
    private CreateRules() {}

    static AuthVerdict check(Pdu event, RuleNumbers rules) {
        JsonObject content = event.content();
        if (!event.prevEvents().isEmpty()) {
            return rules.deny(rules.create(), ".1", "the create event has previous events");
        }
        if (rules.createImpliedByRoomId()) {
            if (event.json().has("room_id")) {
                return rules.deny(rules.create(), ".2", "the create event has a room_id");
            }
        } else if (!isMadeWhereTheRoomIs(event)) {
            return rules.deny(rules.create(), ".2", "the room ID is of another server than the sender");
        }
        if (content.has("room_version")
                && content.string("room_version").flatMap(RoomVersions::find).isEmpty()) {
            return rules.deny(rules.create(), ".3", "the room version is not known");
        }
        if (rules.creatorInContent()) {
            return content.has("creator")
                    ? rules.allow(rules.create(), ".5")
                    : rules.deny(rules.create(), ".4", "the create event names no creator");
        }
        if (!rules.creatorsAreInfinite()) {
            return rules.allow(rules.create(), ".4");
        }
        return additionalCreatorsAreUsers(content)
                ? rules.allow(rules.create(), ".5")
                : rules.deny(rules.create(), ".4", "additional_creators is not a list of user IDs");
    }

    private static boolean isMadeWhereTheRoomIs(Pdu event) {
        return event.roomId()
                .serverName()
                .filter(server -> server.equals(event.sender().serverName()))
                .isPresent();
    }

    private static boolean additionalCreatorsAreUsers(JsonObject content) {
        Optional<JsonValue> additional = content.get("additional_creators");
        if (additional.isEmpty()) {
            return true;
        }
        if (!(additional.get() instanceof JsonArray creators)) {
            return false;
        }
        for (JsonValue creator : creators.values()) {
            if (!(creator instanceof JsonString name)
                    || UserId.tryParse(name.value()).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
