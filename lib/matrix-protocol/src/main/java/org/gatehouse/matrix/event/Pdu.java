package org.gatehouse.matrix.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * An event whose format, signatures and hash are good (perhaps in redacted form). Whether it is allowed is not said.
 * Immutable; equal to another if the event IDs are equal.
 */
public final class Pdu implements EventFacts {

    private final RoomVersion roomVersion;
    private final EventId eventId;
    private final JsonObject json;
    private final RoomId roomId;
    private final UserId sender;
    private final String type;
    private final @Nullable String stateKey;
    private final JsonObject content;
    private final List<EventId> prevEvents;
    private final List<EventId> authEvents;
    private final long depth;
    private final long originServerTs;
    private final boolean symbolic;

    private byte @Nullable [] canonicalBytes;

    Pdu(RoomVersion roomVersion, EventId eventId, JsonObject event) {
        this(roomVersion, eventId, event, false);
    }

    /** An event as it came. */
    Pdu(UnverifiedPdu checked, EventId eventId) {
        this(checked.version(), eventId, checked.event(), checked.fields(), false);
        this.canonicalBytes = checked.canonicalBytes();
    }

    Pdu(RoomVersion roomVersion, EventId eventId, JsonObject event, boolean symbolic) {
        this(roomVersion, eventId, event.without("unsigned"), new EventFields(roomVersion, event), symbolic);
    }

    private Pdu(RoomVersion roomVersion, EventId eventId, JsonObject json, EventFields fields, boolean symbolic) {
        this.roomVersion = roomVersion;
        this.eventId = eventId;
        this.json = json;
        this.type = required(json.string("type"), "type");
        this.sender = required(fields.sender(), "sender");
        this.roomId = isRoomMaking() ? RoomId.ofCreateEvent(eventId) : required(fields.roomId(), "room_id");
        this.stateKey = json.string("state_key").orElse(null);
        this.content = required(json.object("content"), "content");
        this.prevEvents = required(fields.prevEvents(), "prev_events");
        this.authEvents = required(fields.authEvents(), "auth_events");
        this.depth = json.integer("depth").orElseThrow(() -> new MalformedEvent("depth"));
        this.originServerTs =
                json.integer("origin_server_ts").orElseThrow(() -> new MalformedEvent("origin_server_ts"));
        this.symbolic = symbolic;
    }

    @Override
    public EventId eventId() {
        return eventId;
    }

    @Override
    public RoomVersion roomVersion() {
        return roomVersion;
    }

    /** The event as it is sent to other servers: with hashes and signatures, without {@code unsigned}. */
    public JsonObject json() {
        return json;
    }

    /** {@link #json()} in canonical form; the array is shared and must not be written to. */
    public byte[] canonicalBytes() {
        byte[] bytes = canonicalBytes;
        if (bytes == null) {
            bytes = CanonicalJson.write(json);
            canonicalBytes = bytes;
        }
        return bytes;
    }

    /** The room; that of a create event of room version 12 or later is derived from its ID. */
    @Override
    public RoomId roomId() {
        return roomId;
    }

    @Override
    public UserId sender() {
        return sender;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Optional<String> stateKey() {
        return Optional.ofNullable(stateKey);
    }

    @Override
    public boolean isState() {
        return stateKey != null;
    }

    /** The slot of room state that this event fills, if it is a state event. */
    @Override
    public Optional<StateKey> stateSlot() {
        return stateKey == null ? Optional.empty() : Optional.of(new StateKey(type, stateKey));
    }

    /** Whether this is the state event of a type whose state key is empty. */
    @Override
    public boolean isState(String ofType) {
        return stateKey != null && stateKey.isEmpty() && type.equals(ofType);
    }

    @Override
    public JsonObject content() {
        return content;
    }

    public List<EventId> prevEvents() {
        return prevEvents;
    }

    /** The auth events as the event cites them. */
    public List<EventId> authEvents() {
        return authEvents;
    }

    /** The auth events that count: since room version 12 the room ID implies the create event, which comes first. */
    public List<EventId> effectiveAuthEvents() {
        Optional<EventId> implied = isRoomMaking() ? Optional.empty() : impliedCreateEvent();
        if (implied.isEmpty() || authEvents.contains(implied.get())) {
            return authEvents;
        }
        List<EventId> effective = new ArrayList<>(authEvents.size() + 1);
        effective.add(implied.get());
        effective.addAll(authEvents);
        return List.copyOf(effective);
    }

    @Override
    public boolean isWithoutParents() {
        return prevEvents.isEmpty();
    }

    @Override
    public boolean followsOnly(EventId create) {
        return prevEvents.size() == 1 && prevEvents.get(0).equals(create);
    }

    @Override
    public boolean namesItsRoom() {
        return json.has("room_id");
    }

    /** Of a symbolic event every server is taken to have signed. */
    @Override
    public boolean isSignedBy(ServerName server) {
        return symbolic
                || json.object("signatures")
                        .flatMap(signatures -> signatures.object(server.value()))
                        .filter(signatures -> !signatures.isEmpty())
                        .isPresent();
    }

    public long depth() {
        return depth;
    }

    /** What the sender claims as its time, in milliseconds since the epoch. */
    public long originServerTs() {
        return originServerTs;
    }

    /** The event that this one asks to redact, where it is a redaction and names one. */
    @Override
    public Optional<EventId> redacts() {
        if (!type.equals(EventTypes.REDACTION)) {
            return Optional.empty();
        }
        JsonObject holder = roomVersion.redactionTargetInContent() ? content : json;
        return holder.string("redacts").flatMap(EventId::tryParse);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Pdu that && that.eventId.equals(eventId);
    }

    @Override
    public int hashCode() {
        return eventId.hashCode();
    }

    @Override
    public String toString() {
        return "Pdu[" + eventId + " in " + roomId + "]";
    }

    private boolean isRoomMaking() {
        return roomVersion.roomIdIsCreateHash() && type.equals(EventTypes.CREATE);
    }

    private Optional<EventId> impliedCreateEvent() {
        return roomVersion.roomIdIsCreateHash() ? roomId.createEvent() : Optional.empty();
    }

    private static <T> T required(Optional<T> value, String field) {
        return value.orElseThrow(() -> new MalformedEvent(field));
    }
}
