package org.gatehouse.matrix.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** The edges of the event graph as events write them: {@code prev_events} and {@code auth_events}. */
public final class EventReferences {

    private EventReferences() {}

    /** The IDs in such a field, in their order; empty if the field is missing or any entry is not a reference. */
    public static Optional<List<EventId>> read(RoomVersion version, JsonObject event, String field) {
        Optional<JsonArray> array = event.array(field);
        if (array.isEmpty()) {
            return Optional.empty();
        }
        List<EventId> ids = new ArrayList<>(array.get().size());
        for (JsonValue entry : array.get().values()) {
            Optional<EventId> id = reference(version, entry).flatMap(EventId::tryParse);
            if (id.isEmpty()) {
                return Optional.empty();
            }
            ids.add(id.get());
        }
        return Optional.of(List.copyOf(ids));
    }

    /**
     * The field's value for these IDs.
     *
     * @param hashes the SHA-256 reference hashes, in unpadded base64, to stand in the pairs of room versions 1 and 2;
     *     readers do not look at them, and a pair whose hash is not known here has none
     */
    public static JsonArray write(RoomVersion version, List<EventId> ids, Map<EventId, String> hashes) {
        List<JsonValue> entries = new ArrayList<>(ids.size());
        for (EventId id : ids) {
            JsonString name = new JsonString(id.value());
            entries.add(version.eventIdFormat() == EventIdFormat.FIELD ? JsonArray.of(name, hash(hashes, id)) : name);
        }
        return JsonArray.of(entries);
    }

    private static JsonObject hash(Map<EventId, String> hashes, EventId id) {
        String hash = hashes.get(id);
        return hash == null ? JsonObject.EMPTY : JsonObject.of("sha256", new JsonString(hash));
    }

    /**
     * In room versions 1 and 2 a reference is a pair of event ID and hashes, later the ID alone. The hashes say nothing
     * that anyone checks, but have to be an object of strings.
     */
    private static Optional<String> reference(RoomVersion version, JsonValue entry) {
        if (version.eventIdFormat() != EventIdFormat.FIELD) {
            return entry.asString();
        }
        return entry.asArray()
                .filter(pair -> pair.size() == 2)
                .filter(pair -> isHashes(pair.values().get(1)))
                .flatMap(pair -> pair.values().get(0).asString());
    }

    private static boolean isHashes(JsonValue value) {
        return value.asObject()
                .filter(hashes -> hashes.names().stream()
                        .allMatch(name -> hashes.string(name).isPresent()))
                .isPresent();
    }
}
