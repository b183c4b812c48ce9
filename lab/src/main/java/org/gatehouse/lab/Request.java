package org.gatehouse.lab;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.InvalidIdentifier;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;

/** The JSON object that a command is asked with. Every reader says in its {@link LabProblem} which key is wrong and how. */
final class Request {

    private final JsonObject json;

    private Request(JsonObject json) {
        this.json = json;
    }

    /** @throws LabProblem if the bytes are not one JSON object, or hold JSON that no event may hold */
    static Request parse(byte[] bytes) {
        try {
            JsonObject json = StrictJson.parseObject(bytes);
            json.defect().ifPresent(defect -> {
                throw new LabProblem("the input holds a JSON defect, " + defect);
            });
            return new Request(json);
        } catch (MalformedJson e) {
            throw new LabProblem("the input is not a JSON object: " + e.getMessage());
        }
    }

    /** @throws LabProblem if there is any other key than these */
    void requireOnly(String... known) {
        Set<String> unknown = new TreeSet<>(json.names());
        unknown.removeAll(List.of(known));
        if (!unknown.isEmpty()) {
            throw new LabProblem("unknown key \"%s\"; there are %s"
                    .formatted(unknown.iterator().next(), String.join(", ", known)));
        }
    }

    boolean has(String key) {
        return json.has(key);
    }

    RoomVersion roomVersion() {
        String id = text("room_version");
        return RoomVersions.find(id)
                .orElseThrow(() -> new LabProblem("room_version: \"%s\" is not known".formatted(id)));
    }

    Optional<RoomVersion> roomVersionIfAny() {
        return has("room_version") ? Optional.of(roomVersion()) : Optional.empty();
    }

    JsonValue value(String key) {
        return json.get(key).orElseThrow(() -> new LabProblem(key + " is missing"));
    }

    JsonObject object(String key) {
        return value(key).asObject().orElseThrow(() -> new LabProblem(key + " is not an object"));
    }

    JsonArray array(String key) {
        return value(key).asArray().orElseThrow(() -> new LabProblem(key + " is not an array"));
    }

    String text(String key) {
        return value(key).asString().orElseThrow(() -> new LabProblem(key + " is not a string"));
    }

    boolean flag(String key) {
        return has(key) && json.bool(key).orElseThrow(() -> new LabProblem(key + " is not true or false"));
    }

    /** The event IDs of an array of strings; none if the key is absent. */
    List<EventId> eventIds(String key) {
        return has(key) ? eventIds(key, array(key)) : List.of();
    }

    static List<EventId> eventIds(String key, JsonArray array) {
        return array.values().stream()
                .map(value -> eventId(
                        key, value.asString().orElseThrow(() -> new LabProblem(key + " holds what is not a string"))))
                .toList();
    }

    static EventId eventId(String key, String text) {
        try {
            return new EventId(text);
        } catch (InvalidIdentifier e) {
            throw new LabProblem("%s: \"%s\" is no event ID: %s".formatted(key, shortened(text), e.getMessage()));
        }
    }

    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
