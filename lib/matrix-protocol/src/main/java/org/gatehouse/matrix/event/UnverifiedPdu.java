package org.gatehouse.matrix.event;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalMembers;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/** An event as a stranger sent it, nothing about it checked yet; and the room version that it is to be read by. */
public final class UnverifiedPdu {

    private final RoomVersion version;
    private final JsonObject json;

    private final JsonObject event;
    private final EventFields fields;

    private @Nullable CanonicalMembers members;
    private byte @Nullable [] referenceBytes;

    public UnverifiedPdu(RoomVersion version, JsonObject json) {
        this.version = version;
        this.json = json;
        this.event = json.without("unsigned");
        this.fields = new EventFields(version, event);
    }

    public RoomVersion version() {
        return version;
    }

    /** The event as it came, {@code unsigned} included. */
    public JsonObject json() {
        return json;
    }

    /** The event without {@code unsigned}, which nobody signs and we do not keep. */
    public JsonObject event() {
        return event;
    }

    /** The identifiers in the event. */
    public EventFields fields() {
        return fields;
    }

    /** {@link #event()} in canonical form; computed once. Not to be written to. */
    public byte[] canonicalBytes() {
        return members().bytes();
    }

    /** Whether the content hash that the event claims is the one that it has. */
    public boolean hasTrueContentHash() {
        return EventHashes.hasTrueContentHash(event, members());
    }

    /**
     * The ID that the event computes to, whatever {@code event_id} it claims; empty where none can be computed because
     * the event holds a JSON defect, has no type or no content, or (room versions 1 and 2) names none.
     */
    public Optional<EventId> eventId() {
        if (event.defect().isPresent()
                || event.string("type").isEmpty()
                || event.object("content").isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(EventHashes.eventId(version, event, referenceBytes()));
        } catch (MalformedEvent namesNone) {
            return Optional.empty();
        }
    }

    /** The bytes that are signed, see {@link EventHashes#referenceBytes}; computed once. Not to be written to. */
    public byte[] referenceBytes() {
        byte[] bytes = referenceBytes;
        if (bytes == null) {
            bytes = Redaction.signedBytes(version, event, members());
            referenceBytes = bytes;
        }
        return bytes;
    }

    private CanonicalMembers members() {
        CanonicalMembers computed = members;
        if (computed == null) {
            computed = CanonicalMembers.of(event);
            members = computed;
        }
        return computed;
    }

    @Override
    public String toString() {
        return "UnverifiedPdu[version=" + version + "]";
    }
}
