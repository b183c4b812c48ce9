package org.gatehouse.eventgraph.connect;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.eventgraph.room.KnownEvent;
import org.gatehouse.eventgraph.room.Outlier;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** The events that are known: connected ones by room and ordinal, outliers by ID, and an index of both. */
public interface Events {

    /** What the index says of those of the events that it has. */
    Map<EventId, KnownEvent> find(Set<EventId> eventIds);

    /** Stores connected events of one room; the same event twice is stored once. */
    void storeConnected(RoomId roomId, List<PlacedEvent> events);

    /** Stores outliers that are not known yet. */
    void storeOutliers(List<Outlier> outliers);

    /**
     * The room's events that were connected by a record or by later ones, in order of their ordinals.
     *
     * @param lastOrdinal where to begin; causes do not decrease with ordinals
     */
    List<PlacedEvent> causedSince(RoomId roomId, long lastOrdinal, HeadStamp first);

    /** Those of the room's events with these ordinals, by ordinal. */
    Map<Long, PlacedEvent> at(RoomId roomId, Collection<Long> ordinals);

    /** The room's events with ordinals from first to last, both included, in their order. */
    List<PlacedEvent> between(RoomId roomId, long first, long last);

    Map<EventId, Outlier> outliers(Set<EventId> eventIds);
}
