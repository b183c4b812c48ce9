package org.gatehouse.lab;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.EventReferences;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.MalformedEvent;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.Redaction;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** Reads the events of a request: with IDs that are theirs, or with symbolic ones, which are taken as they stand. */
final class Events {

    private final RoomVersion version;
    private final boolean trustedIds;

    Events(RoomVersion version, boolean trustedIds) {
        this.version = version;
        this.trustedIds = trustedIds;
    }

    /**
     * An event that is to be judged or to judge by: what the rules do not read may be missing, hashes are not looked at.
     * Its ID is the one it computes to, or if IDs are trusted its {@code event_id}.
     *
     * @param where names the event in a {@link LabProblem}
     */
    Pdu read(String where, JsonValue value) {
        JsonObject event = object(where, value);
        try {
            EventId id = trustedIds && event.has("event_id")
                    ? Request.eventId(
                            where + ".event_id", event.string("event_id").orElse(""))
                    : EventHashes.eventId(version, event);
            return pdu(id, completed(event));
        } catch (MalformedEvent e) {
            throw malformed(where, e);
        }
    }

    /** An event of a room, under the ID that it is listed by, which has to be its own unless IDs are trusted. */
    Pdu read(EventId id, JsonValue value) {
        JsonObject event = object(id.value(), value);
        try {
            if (trustedIds) {
                requireNoOtherId(id, event);
            } else {
                requireIntact(id, event);
            }
            Pdu pdu = pdu(id, event);
            requireRoomOfCreateEvent(pdu);
            return pdu;
        } catch (MalformedEvent e) {
            throw malformed(id.value(), e);
        }
    }

    private void requireRoomOfCreateEvent(Pdu pdu) {
        if (version.roomIdIsCreateHash() && pdu.roomId().createEvent().isEmpty()) {
            throw new LabProblem(
                    "events: in room version %s the room ID is the create event's ID with ! for $, and that of %s is %s"
                            .formatted(version, pdu.eventId(), pdu.roomId()));
        }
    }

    /** The event as if it cited all of these; a create event only where the room version has events cite it. */
    Pdu citing(Pdu event, Collection<Pdu> authEvents) {
        List<EventId> cited = authEvents.stream()
                .filter(pdu -> !(version.roomIdIsCreateHash() && pdu.isState(EventTypes.CREATE)))
                .map(Pdu::eventId)
                .toList();
        JsonArray references = EventReferences.write(version, cited, Map.of());
        return pdu(event.eventId(), event.json().with("auth_events", references));
    }

    /**
     * Of an event with a symbolic ID no signature is checked but the one inside a third-party invite, which is content:
     * the rules ask for it.
     */
    private Pdu pdu(EventId id, JsonObject event) {
        return trustedIds ? StoredPdus.symbolic(version, id, event) : StoredPdus.of(version, id, event);
    }

    private static JsonObject completed(JsonObject event) {
        JsonObject completed = event;
        for (String references : List.of("auth_events", "prev_events")) {
            completed = completed.has(references) ? completed : completed.with(references, JsonArray.EMPTY);
        }
        for (String number : List.of("depth", "origin_server_ts")) {
            completed = completed.has(number) ? completed : completed.with(number, 0);
        }
        return completed;
    }

    private void requireIntact(EventId id, JsonObject event) {
        EventId computed = EventHashes.eventId(version, event);
        if (!computed.equals(id)) {
            throw new LabProblem(
                    "events: the event under %s is %s; with \"trusted_ids\": true IDs are taken as they stand"
                            .formatted(id, computed));
        }
        if (version.strictJson() && !CanonicalJson.isStrict(event.without("unsigned"))) {
            throw new LabProblem("events: %s is not canonical JSON".formatted(id));
        }
        if (!EventHashes.hasTrueContentHash(event) && !isRedacted(event)) {
            throw new LabProblem(
                    "events: %s has a wrong content hash, and is not the redacted copy that a server keeps then"
                            .formatted(id));
        }
    }

    private boolean isRedacted(JsonObject event) {
        JsonObject signed = event.without("unsigned");
        return Redaction.redact(version, signed).equals(signed);
    }

    private static void requireNoOtherId(EventId id, JsonObject event) {
        if (event.has("event_id")
                && event.string("event_id").filter(id.value()::equals).isEmpty()) {
            throw new LabProblem("events: the event under %s has another event_id".formatted(id));
        }
    }

    private static JsonObject object(String where, JsonValue value) {
        return value.asObject().orElseThrow(() -> new LabProblem(where + " is not an object"));
    }

    static LabProblem malformed(String where, MalformedEvent e) {
        return new LabProblem("%s: %s is missing or not what it should be".formatted(where, e.getMessage()));
    }
}
