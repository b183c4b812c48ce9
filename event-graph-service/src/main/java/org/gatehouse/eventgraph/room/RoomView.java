package org.gatehouse.eventgraph.room;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * What is known of the events that some records cite, as of a point of the log: what the index has of that room up to
 * the point, and what the records worked since have added. Rows of later causes, left by a run that was cut off, and
 * events of other rooms do not count.
 */
public final class RoomView {

    private final RoomId roomId;
    private final HeadStamp upTo;
    private final Set<EventId> lookedUp = new HashSet<>();
    private final Map<EventId, Long> connected = new HashMap<>();
    private final Set<EventId> outliers = new HashSet<>();

    public RoomView(RoomId roomId, HeadStamp upTo) {
        this.roomId = roomId;
        this.upTo = upTo;
    }

    /** The point of the log as of which this is known. */
    public HeadStamp upTo() {
        return upTo;
    }

    /** Takes in the answer of the index: all that was asked, and what was found. */
    public void lookedUp(Set<EventId> asked, Map<EventId, KnownEvent> found) {
        lookedUp.addAll(asked);
        for (KnownEvent known : found.values()) {
            if (known.roomId().equals(roomId)) {
                take(known);
            }
        }
    }

    private void take(KnownEvent known) {
        known.place()
                .filter(place -> place.cause().compareTo(upTo) <= 0)
                .ifPresent(place -> connected.put(known.eventId(), place.ordinal()));
        known.outlierCause()
                .filter(cause -> cause.compareTo(upTo) <= 0)
                .ifPresent(cause -> outliers.add(known.eventId()));
    }

    public OptionalLong ordinal(EventId eventId) {
        requireLookedUp(eventId);
        Long ordinal = connected.get(eventId);
        return ordinal == null ? OptionalLong.empty() : OptionalLong.of(ordinal);
    }

    /** Whether the event is connected or an outlier: good enough for an auth event. */
    public boolean isKnown(EventId eventId) {
        requireLookedUp(eventId);
        return connected.containsKey(eventId) || outliers.contains(eventId);
    }

    void addConnected(EventId eventId, long ordinal) {
        lookedUp.add(eventId);
        connected.put(eventId, ordinal);
    }

    /** Adds an outlier that a record worked since has brought. */
    public void addOutlier(EventId eventId) {
        lookedUp.add(eventId);
        outliers.add(eventId);
    }

    private void requireLookedUp(EventId eventId) {
        if (!lookedUp.contains(eventId)) {
            throw new IllegalStateException(eventId + " was not looked up");
        }
    }
}
