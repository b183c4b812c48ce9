package org.gatehouse.matrix.authrule;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.CreatorRule;
import org.gatehouse.matrix.roomversion.RoomVersions;

/** The event that makes the room: rule 1. No state is before it. */
final class CreateRules {
    private CreateRules() {}

    static AuthVerdict check(EventFacts event, RuleNumbers rules) {
        JsonObject content = event.content();
        if (!event.isWithoutParents()) {
            return deny(rules, Rule.CREATE_HAS_NO_PARENTS, "the create event has previous events");
        }
        if (event.roomVersion().roomIdIsCreateHash()) {
            if (event.namesItsRoom()) {
                return deny(rules, Rule.CREATE_ROOM_ID, "the create event has a room_id");
            }
        } else if (!isMadeWhereTheRoomIs(event)) {
            return deny(rules, Rule.CREATE_ROOM_ID, "the room ID is of another server than the sender");
        }
        if (content.has("room_version")
                && content.string("room_version").flatMap(RoomVersions::find).isEmpty()) {
            return deny(rules, Rule.CREATE_ROOM_VERSION, "the room version is not known");
        }
        if (event.roomVersion().creatorRule() == CreatorRule.CONTENT && !content.has("creator")) {
            return deny(rules, Rule.CREATE_CREATOR, "the create event names no creator");
        }
        if (event.roomVersion().privilegedCreators() && !additionalCreatorsAreUsers(content)) {
            return deny(rules, Rule.CREATE_ADDITIONAL_CREATORS, "additional_creators is not a list of user IDs");
        }
        return rules.allow(Rule.CREATE_OTHERWISE, List.of());
    }

    private static AuthVerdict deny(RuleNumbers rules, Rule rule, String reason) {
        return rules.deny(rule, reason, List.of());
    }

    private static boolean isMadeWhereTheRoomIs(EventFacts event) {
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
