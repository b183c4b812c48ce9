package org.gatehouse.provider.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.provider.door.RequestBody;
import org.gatehouse.runtime.http.MatrixError;

/**
 * What a user wants of a new room (Client-Server API, "POST createRoom").
 *
 * @param initialState in the order given
 */
record CreateRoomRequest(
        RoomVersion roomVersion,
        RoomPreset preset,
        JsonObject creationContent,
        JsonObject powerLevelOverride,
        List<PlannedEvent> initialState,
        Optional<String> name,
        Optional<String> topic,
        List<UserId> invite,
        boolean isDirect) {

    CreateRoomRequest {
        initialState = List.copyOf(initialState);
        invite = List.copyOf(invite);
    }

    /** @throws MatrixError 400 if a field is not what it should be, or asks for what is not there */
    static CreateRoomRequest parse(JsonObject json) {
        if (json.has("room_alias_name")) {
            throw new MatrixError(400, "M_UNKNOWN", "Room aliases are not available here");
        }
        if (json.array("invite_3pid").filter(list -> !list.isEmpty()).isPresent()) {
            throw new MatrixError(400, "M_UNKNOWN", "Third-party invites are not available here");
        }
        return new CreateRoomRequest(
                version(json),
                preset(json),
                RequestBody.eventContent(object(json, "creation_content")),
                RequestBody.eventContent(object(json, "power_level_content_override")),
                initialState(json),
                text(json, "name"),
                text(json, "topic"),
                invite(json),
                json.bool("is_direct").orElse(false));
    }

    private static RoomVersion version(JsonObject json) {
        return text(json, "room_version")
                .map(id -> RoomVersions.findSupported(id)
                        .orElseThrow(() -> new MatrixError(
                                400, "M_UNSUPPORTED_ROOM_VERSION", "This server does not make rooms of that version")))
                .orElse(RoomVersions.DEFAULT);
    }

    private static RoomPreset preset(JsonObject json) {
        boolean isPublic = text(json, "visibility").filter("public"::equals).isPresent();
        return text(json, "preset")
                .map(name -> RoomPreset.find(name)
                        .orElseThrow(() -> MatrixError.invalidParam("There is no preset of that name")))
                .orElse(isPublic ? RoomPreset.PUBLIC_CHAT : RoomPreset.PRIVATE_CHAT);
    }

    private static List<PlannedEvent> initialState(JsonObject json) {
        List<PlannedEvent> events = new ArrayList<>();
        for (JsonValue value : array(json, "initial_state").values()) {
            JsonObject event =
                    value.asObject().orElseThrow(() -> MatrixError.badJson("initial_state holds a non-object"));
            String type = text(event, "type").orElseThrow(() -> MatrixError.badJson("initial_state lacks a type"));
            String key = text(event, "state_key").orElse("");
            events.add(new PlannedEvent(new StateKey(type, key), RequestBody.eventContent(object(event, "content"))));
        }
        return events;
    }

    private static List<UserId> invite(JsonObject json) {
        return array(json, "invite").strings().stream()
                .map(text -> UserId.tryParse(text)
                        .orElseThrow(() -> MatrixError.invalidParam("invite holds what is no user ID")))
                .toList();
    }

    private static Optional<String> text(JsonObject json, String name) {
        Optional<JsonValue> value = json.get(name).filter(found -> found.kind() != JsonValue.Kind.NULL);
        if (value.isPresent() && json.string(name).isEmpty()) {
            throw MatrixError.badJson(name + " is no string");
        }
        return json.string(name);
    }

    private static JsonObject object(JsonObject json, String name) {
        if (json.has(name) && json.object(name).isEmpty()) {
            throw MatrixError.badJson(name + " is no object");
        }
        return json.object(name).orElse(JsonObject.EMPTY);
    }

    private static JsonArray array(JsonObject json, String name) {
        if (json.has(name) && json.array(name).isEmpty()) {
            throw MatrixError.badJson(name + " is no array");
        }
        return json.array(name).orElse(JsonArray.EMPTY);
    }
}
