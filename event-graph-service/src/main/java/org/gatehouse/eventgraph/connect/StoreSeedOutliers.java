package org.gatehouse.eventgraph.connect;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.eventgraph.room.KnownEvent;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.eventgraph.room.Outlier;
import org.gatehouse.eventgraph.room.RoomView;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** Stores the events of a seed's state and auth chain as outliers, chunk by chunk, before the seed itself is worked. */
public final class StoreSeedOutliers {

    private final BulkEvents bulk;
    private final Events events;

    public StoreSeedOutliers(BulkEvents bulk, Events events) {
        this.bulk = bulk;
        this.events = events;
    }

    /** The range of pdu-bulk that a record names, if it names one. */
    static Optional<BulkRange> rangeOf(LogEntry entry) {
        if (entry.message() instanceof ReceivedRecord.JoinDone done) {
            return Optional.of(done.state());
        }
        if (entry.message() instanceof ReceivedRecord.ParentSeed seed) {
            return Optional.of(seed.state());
        }
        return Optional.empty();
    }

    /**
     * Stores those events of the range that are not known, and adds the ones of interest to the view.
     *
     * @return those of interest that have become known now
     */
    Set<EventId> store(LogEntry entry, BulkRange range, RoomView view, Set<EventId> ofInterest) {
        Set<EventId> arrived = new TreeSet<>();
        bulk.read(range, chunk -> arrived.addAll(storeChunk(entry, chunk, view, ofInterest)));
        return arrived;
    }

    private Set<EventId> storeChunk(LogEntry entry, List<BulkRecord> chunk, RoomView view, Set<EventId> ofInterest) {
        RoomId roomId = entry.message().roomId();
        Set<EventId> ids = new LinkedHashSet<>();
        chunk.forEach(event -> ids.add(event.eventId()));
        Map<EventId, KnownEvent> found = events.find(ids);
        RoomView before = new RoomView(roomId, view.upTo());
        before.lookedUp(ids, found);
        Set<EventId> arrived = new HashSet<>();
        List<Outlier> unknown = chunk.stream()
                .filter(event -> event.roomId().equals(roomId) && !before.isKnown(event.eventId()))
                .flatMap(event -> event.pdu().stream()
                        .map(pdu -> new Outlier(roomId, event.roomVersion(), event.eventId(), entry.stamp(), pdu)))
                .toList();
        if (!unknown.isEmpty()) {
            events.storeOutliers(unknown);
        }
        for (Outlier outlier : unknown) {
            if (ofInterest.contains(outlier.eventId())) {
                view.addOutlier(outlier.eventId());
                arrived.add(outlier.eventId());
            }
        }
        return arrived;
    }
}
