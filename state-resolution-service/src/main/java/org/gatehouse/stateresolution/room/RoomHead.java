package org.gatehouse.stateresolution.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;

/**
 * The one thing of a room that changes.
 *
 * @param generation of the topic that offset counts in
 * @param offset of the last record that was worked; -1 before the first
 * @param roomVersion empty until a record names it
 * @param lastVersion the highest version number that was given to a state; version 0 is the empty state
 * @param current version of the current state
 * @param extremities ordered by event ID
 * @param attempts joins of hosted users under way
 * @param pending out-of-band memberships, ordered by user
 * @param factsCause offset of the record that changed the room's facts last; -1 if none did
 * @param lastOrdinal the highest ordinal that was judged; 0 before the first. event-graph may tell an event again, at a
 *     new offset and with its old ordinal
 * @param lastNote the highest cause (in the room's log) of a record that was noted: a join begun or failed, an
 *     out-of-band membership; -1 before the first
 */
public record RoomHead(
        int generation,
        long offset,
        Optional<String> roomVersion,
        long lastVersion,
        long current,
        List<Extremity> extremities,
        List<JoinAttempt> attempts,
        List<RoomFacts.Pending> pending,
        long factsCause,
        long lastOrdinal,
        long lastNote) {

    public RoomHead {
        extremities = List.copyOf(extremities);
        attempts = List.copyOf(attempts);
        pending = List.copyOf(pending);
    }

    static RoomHead none(int generation) {
        return new RoomHead(generation, -1, Optional.empty(), 0, 0, List.of(), List.of(), List.of(), -1, 0, -1);
    }

    /** Whether the room has a state, and so can be asked about. */
    public boolean hasState() {
        return current > 0;
    }

    public RoomHead withOffset(long newOffset) {
        return new RoomHead(
                generation,
                newOffset,
                roomVersion,
                lastVersion,
                current,
                extremities,
                attempts,
                pending,
                factsCause,
                lastOrdinal,
                lastNote);
    }

    public RoomHead withRoomVersion(String version) {
        return new RoomHead(
                generation,
                offset,
                Optional.of(version),
                lastVersion,
                current,
                extremities,
                attempts,
                pending,
                factsCause,
                lastOrdinal,
                lastNote);
    }

    public RoomHead withState(long newLastVersion, long newCurrent, List<Extremity> newExtremities) {
        return new RoomHead(
                generation,
                offset,
                roomVersion,
                newLastVersion,
                newCurrent,
                newExtremities,
                attempts,
                pending,
                factsCause,
                lastOrdinal,
                lastNote);
    }

    public RoomHead withAttempts(List<JoinAttempt> newAttempts) {
        return new RoomHead(
                generation,
                offset,
                roomVersion,
                lastVersion,
                current,
                extremities,
                newAttempts,
                pending,
                factsCause,
                lastOrdinal,
                lastNote);
    }

    public RoomHead withPending(List<RoomFacts.Pending> newPending) {
        return new RoomHead(
                generation,
                offset,
                roomVersion,
                lastVersion,
                current,
                extremities,
                attempts,
                newPending,
                factsCause,
                lastOrdinal,
                lastNote);
    }

    public RoomHead withFactsCause(long cause) {
        return new RoomHead(
                generation,
                offset,
                roomVersion,
                lastVersion,
                current,
                extremities,
                attempts,
                pending,
                cause,
                lastOrdinal,
                lastNote);
    }

    public RoomHead withLastOrdinal(long ordinal) {
        return new RoomHead(
                generation,
                offset,
                roomVersion,
                lastVersion,
                current,
                extremities,
                attempts,
                pending,
                factsCause,
                ordinal,
                lastNote);
    }

    public RoomHead withLastNote(long cause) {
        return new RoomHead(
                generation,
                offset,
                roomVersion,
                lastVersion,
                current,
                extremities,
                attempts,
                pending,
                factsCause,
                lastOrdinal,
                cause);
    }

    /** The blob that is stored: JSON, so that an operator can read it. */
    byte[] toBytes() {
        JsonObject.Builder json = JsonObject.builder()
                .put("generation", generation)
                .put("offset", offset)
                .put("last_version", lastVersion)
                .put("current", current)
                .put("facts_cause", factsCause)
                .put("last_ordinal", lastOrdinal)
                .put("last_note", lastNote);
        roomVersion.ifPresent(version -> json.put("room_version", version));
        json.put("extremities", array(extremities.stream().map(RoomHead::json).toList()));
        json.put("attempts", array(attempts.stream().map(RoomHead::json).toList()));
        json.put("pending", array(pending.stream().map(RoomHead::json).toList()));
        return CanonicalJson.write(json.build());
    }

    /** @throws CorruptRoom if the blob is not one of {@link #toBytes} */
    static RoomHead ofBytes(byte[] blob) {
        try {
            JsonObject json = StrictJson.parseObject(blob);
            return new RoomHead(
                    (int) number(json, "generation"),
                    number(json, "offset"),
                    json.string("room_version"),
                    number(json, "last_version"),
                    number(json, "current"),
                    objects(json, "extremities").stream()
                            .map(RoomHead::extremity)
                            .toList(),
                    objects(json, "attempts").stream().map(RoomHead::attempt).toList(),
                    objects(json, "pending").stream().map(RoomHead::pending).toList(),
                    number(json, "facts_cause"),
                    number(json, "last_ordinal"),
                    number(json, "last_note"));
        } catch (IllegalArgumentException | MalformedJson e) {
            throw new CorruptRoom("a room's head cannot be read", e);
        }
    }

    private static JsonArray array(List<JsonObject> objects) {
        return JsonArray.of(objects);
    }

    private static JsonObject json(Extremity extremity) {
        return JsonObject.builder()
                .put("event_id", extremity.eventId().value())
                .put("depth", extremity.depth())
                .put("state_after", extremity.stateAfter())
                .build();
    }

    private static JsonObject json(JoinAttempt attempt) {
        return JsonObject.of(
                "attempt_id",
                new JsonString(attempt.attemptId()),
                "user_id",
                new JsonString(attempt.userId().value()));
    }

    private static JsonObject json(RoomFacts.Pending entry) {
        return JsonObject.builder()
                .put("user_id", entry.userId().value())
                .put("sender", entry.sender().value())
                .put("membership", entry.membership())
                .put("event_id", entry.eventId().value())
                .build();
    }

    private static Extremity extremity(JsonObject json) {
        return new Extremity(new EventId(text(json, "event_id")), number(json, "depth"), number(json, "state_after"));
    }

    private static JoinAttempt attempt(JsonObject json) {
        return new JoinAttempt(text(json, "attempt_id"), new UserId(text(json, "user_id")));
    }

    private static RoomFacts.Pending pending(JsonObject json) {
        return new RoomFacts.Pending(
                new UserId(text(json, "user_id")),
                new UserId(text(json, "sender")),
                text(json, "membership"),
                new EventId(text(json, "event_id")));
    }

    private static List<JsonObject> objects(JsonObject json, String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonValue value : json.array(name).orElse(JsonArray.EMPTY).values()) {
            objects.add(value.asObject().orElseThrow(() -> new CorruptRoom("no object in " + name)));
        }
        return objects;
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new CorruptRoom("no " + name + " in a room's head"));
    }

    private static long number(JsonObject json, String name) {
        return json.integer(name).orElseThrow(() -> new CorruptRoom("no " + name + " in a room's head"));
    }
}
