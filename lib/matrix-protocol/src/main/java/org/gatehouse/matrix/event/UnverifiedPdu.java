package org.gatehouse.matrix.event;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/** An event as a stranger sent it, nothing about it checked yet; and the room version that it is to be read by. */
public final class UnverifiedPdu {

    private final RoomVersion version;
    private final JsonObject json;

    private byte @Nullable [] referenceBytes;

    public UnverifiedPdu(RoomVersion version, JsonObject json) {
        this.version = version;
        this.json = json;
    }

    public RoomVersion version() {
        return version;
    }

    /** The event as it came, {@code unsigned} included. */
    public JsonObject json() {
        return json;
    }

    /**
     * The ID that the event computes to, whatever {@code event_id} it claims; empty where none can be computed because
     * the event holds a JSON defect, has no type or no content, or (room versions 1 and 2) names none.
     */
    public Optional<EventId> eventId() {
        JsonObject signed = json.without("unsigned");
        if (signed.defect().isPresent()
                || signed.string("type").isEmpty()
                || signed.object("content").isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(EventHashes.eventId(version, json, referenceBytes()));
        } catch (MalformedEvent namesNone) {
            return Optional.empty();
        }
    }

    /** The bytes that are signed, see {@link EventHashes#referenceBytes}; computed once. Not to be written to. */
    public byte[] referenceBytes() {
        byte[] bytes = referenceBytes;
        if (bytes == null) {
            bytes = EventHashes.referenceBytes(version, json);
            referenceBytes = bytes;
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "UnverifiedPdu[version=" + version + "]";
    }
}
