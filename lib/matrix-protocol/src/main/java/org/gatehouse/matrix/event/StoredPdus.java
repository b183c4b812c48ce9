package org.gatehouse.matrix.event;

import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * The one door to {@link Pdu}. It checks nothing but that the fields can be read: call it only for what has passed the
 * receipt checks in this cluster, that is from {@code PduChecks} and for bytes out of our own log and tables.
 */
public final class StoredPdus {

    private StoredPdus() {}

    /**
     * Reads the canonical bytes of an event that this cluster verified before.
     *
     * @throws MalformedEvent if the bytes hold no event, which for stored bytes means corruption
     * @throws org.gatehouse.matrix.canonicaljson.MalformedJson if they are not JSON
     */
    public static Pdu read(RoomVersion version, byte[] canonical) {
        return of(version, StrictJson.parseObject(canonical));
    }

    /**
     * As {@link #read}, where the ID is known and need not be hashed again.
     *
     * @throws MalformedEvent if the bytes hold no event
     */
    public static Pdu read(RoomVersion version, EventId eventId, byte[] canonical) {
        return new Pdu(version, eventId, StrictJson.parseObject(canonical));
    }

    /**
     * Takes JSON that this cluster verified, or that it made and signed itself.
     *
     * @throws MalformedEvent if it is no event
     */
    public static Pdu of(RoomVersion version, JsonObject json) {
        return new Pdu(version, EventHashes.eventId(version, json), json);
    }

    /**
     * An event whose ID is given and need not be the one that it has: nothing is hashed, no signature is looked at. For
     * comparing rules on events with symbolic IDs; what such an event says proves nothing, and services must never call
     * this. What a minimal event leaves out is 0 or empty: {@code prev_events}, {@code depth}, {@code origin_server_ts}.
     *
     * @throws MalformedEvent if a field that the rules read is missing or of the wrong form
     */
    public static Pdu symbolic(RoomVersion version, EventId eventId, JsonObject json) {
        JsonObject complete = json;
        if (!json.has("prev_events")) {
            complete = complete.with("prev_events", JsonArray.EMPTY);
        }
        if (!json.has("depth")) {
            complete = complete.with("depth", 0);
        }
        if (!json.has("origin_server_ts")) {
            complete = complete.with("origin_server_ts", 0);
        }
        return new Pdu(version, eventId, complete, true);
    }

    /**
     * Takes an event as it came, once it has been checked; its canonical form need not be computed again.
     *
     * @throws MalformedEvent if it is no event
     */
    public static Pdu of(UnverifiedPdu checked, EventId eventId) {
        return new Pdu(checked, eventId);
    }

    /** As {@link #of(RoomVersion, JsonObject)}, where the ID has been computed. */
    public static Pdu of(RoomVersion version, EventId eventId, JsonObject json) {
        return new Pdu(version, eventId, json);
    }
}
