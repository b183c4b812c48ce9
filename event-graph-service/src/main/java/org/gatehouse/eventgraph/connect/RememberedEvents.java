package org.gatehouse.eventgraph.connect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.eventgraph.room.KnownEvent;
import org.gatehouse.eventgraph.room.Outlier;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * Events whose index is remembered: most parents and auth events have been asked for a moment ago. What is not known is
 * asked for each time. Right only while this process owns the rooms: forget when partitions move.
 */
public final class RememberedEvents implements Events {

    private static final int MOST_EVENTS = 100_000;

    private final Events events;
    private final Cache<EventId, KnownEvent> remembered =
            Caffeine.newBuilder().maximumSize(MOST_EVENTS).build();

    public RememberedEvents(Events events) {
        this.events = events;
    }

    public void forget() {
        remembered.invalidateAll();
    }

    @Override
    public Map<EventId, KnownEvent> find(Set<EventId> eventIds) {
        Map<EventId, KnownEvent> found = new HashMap<>(remembered.getAllPresent(eventIds));
        Set<EventId> others = new HashSet<>(eventIds);
        others.removeAll(found.keySet());
        if (!others.isEmpty()) {
            Map<EventId, KnownEvent> read = events.find(others);
            remembered.putAll(read);
            found.putAll(read);
        }
        return found;
    }

    @Override
    public void storeConnected(RoomId roomId, List<PlacedEvent> placed) {
        events.storeConnected(roomId, placed);
        for (PlacedEvent event : placed) {
            EventId eventId = event.placement().eventId();
            KnownEvent.Place place = new KnownEvent.Place(
                    event.placement().ordinal(), event.placement().cause());
            KnownEvent before = remembered.getIfPresent(eventId);
            Optional<HeadStamp> outlierCause = before == null ? Optional.empty() : before.outlierCause();
            remembered.put(eventId, new KnownEvent(eventId, roomId, Optional.of(place), outlierCause));
        }
    }

    @Override
    public void storeOutliers(List<Outlier> outliers) {
        events.storeOutliers(outliers);
    }

    @Override
    public List<PlacedEvent> causedSince(RoomId roomId, long lastOrdinal, HeadStamp first) {
        return events.causedSince(roomId, lastOrdinal, first);
    }

    @Override
    public Map<Long, PlacedEvent> at(RoomId roomId, Collection<Long> ordinals) {
        return events.at(roomId, ordinals);
    }

    @Override
    public List<PlacedEvent> between(RoomId roomId, long first, long last) {
        return events.between(roomId, first, last);
    }

    @Override
    public Map<EventId, Outlier> outliers(Set<EventId> eventIds) {
        return events.outliers(eventIds);
    }
}
