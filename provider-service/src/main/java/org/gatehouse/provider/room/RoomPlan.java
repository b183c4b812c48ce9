package org.gatehouse.provider.room;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.CreatorRule;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.runtime.http.MatrixError;

/** Which state events a new room begins with, in the order that the specification of createRoom gives. */
final class RoomPlan {

    private static final long CREATOR_LEVEL = 100;
    private static final long TOMBSTONE_LEVEL = 150;

    private final RoomVersion version;
    private final UserId creator;
    private final CreateRoomRequest request;

    private RoomPlan(UserId creator, CreateRoomRequest request) {
        this.version = request.roomVersion();
        this.creator = creator;
        this.request = request;
    }

    /** @throws MatrixError 400 if the wishes contradict the room version */
    static List<PlannedEvent> of(UserId creator, CreateRoomRequest request) {
        return new RoomPlan(creator, request).events();
    }

    private List<PlannedEvent> events() {
        List<PlannedEvent> events = new ArrayList<>();
        events.add(PlannedEvent.of(EventTypes.CREATE, createContent()));
        events.add(new PlannedEvent(
                new StateKey(EventTypes.MEMBER, creator.value()), JsonObject.EMPTY.with("membership", "join")));
        Set<StateKey> initial = new LinkedHashSet<>();
        request.initialState().forEach(event -> initial.add(event.slot()));
        if (!initial.contains(StateKey.of(EventTypes.POWER_LEVELS))) {
            events.add(PlannedEvent.of(EventTypes.POWER_LEVELS, powerLevels()));
        }
        for (PlannedEvent event : request.preset().events()) {
            if (!initial.contains(event.slot())) {
                events.add(event);
            }
        }
        events.addAll(request.initialState());
        request.name()
                .ifPresent(name -> events.add(PlannedEvent.of("m.room.name", JsonObject.EMPTY.with("name", name))));
        request.topic()
                .ifPresent(topic -> events.add(PlannedEvent.of("m.room.topic", JsonObject.EMPTY.with("topic", topic))));
        return events;
    }

    private JsonObject createContent() {
        JsonObject content = request.creationContent().without("creator").with("room_version", version.id());
        if (version.creatorRule() == CreatorRule.CONTENT) {
            return content.with("creator", creator.value());
        }
        if (version.privilegedCreators() && request.preset().inviteesAreEqual()) {
            return withAdditionalCreators(content);
        }
        return content;
    }

    private JsonObject withAdditionalCreators(JsonObject content) {
        Set<String> creators = new LinkedHashSet<>(
                content.array("additional_creators").orElse(JsonArray.EMPTY).strings());
        request.invite().forEach(user -> creators.add(user.value()));
        creators.remove(creator.value());
        return creators.isEmpty() ? content : content.with("additional_creators", JsonArray.ofStrings(creators));
    }

    private JsonObject powerLevels() {
        JsonObject.Builder users = JsonObject.builder();
        if (!version.privilegedCreators()) {
            users.put(creator.value(), CREATOR_LEVEL);
            if (request.preset().inviteesAreEqual()) {
                request.invite().forEach(user -> users.put(user.value(), CREATOR_LEVEL));
            }
        }
        JsonObject levels = JsonObject.builder()
                .put("ban", 50)
                .put("events", eventLevels())
                .put("events_default", 0)
                .put("invite", 0)
                .put("kick", 50)
                .put("redact", 50)
                .put("state_default", 50)
                .put("users", users.build())
                .put("users_default", 0)
                .build();
        return overridden(levels);
    }

    private JsonObject eventLevels() {
        return JsonObject.builder()
                .put("m.room.avatar", 50)
                .put("m.room.canonical_alias", 50)
                .put("m.room.encryption", 100)
                .put(EventTypes.HISTORY_VISIBILITY, 100)
                .put("m.room.name", 50)
                .put(EventTypes.POWER_LEVELS, 100)
                .put(EventTypes.SERVER_ACL, 100)
                .put("m.room.tombstone", version.privilegedCreators() ? TOMBSTONE_LEVEL : CREATOR_LEVEL)
                .build();
    }

    private JsonObject overridden(JsonObject levels) {
        JsonObject override = request.powerLevelOverride();
        if (version.privilegedCreators()
                && override.object("users")
                        .filter(users -> users.has(creator.value()))
                        .isPresent()) {
            throw MatrixError.badJson("In this room version the creator has no power level");
        }
        JsonObject result = levels;
        for (String name : override.names()) {
            result = result.with(name, override.get(name).orElseThrow());
        }
        return result;
    }
}
