package org.gatehouse.eventgraph.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.eventgraph.connect.BulkEvents;
import org.gatehouse.eventgraph.connect.Events;
import org.gatehouse.eventgraph.connect.Outbox;
import org.gatehouse.eventgraph.connect.RoomHeads;
import org.gatehouse.eventgraph.connect.WaitingEvents;
import org.gatehouse.eventgraph.room.KnownEvent;
import org.gatehouse.eventgraph.room.Outlier;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.eventgraph.room.RoomHead;
import org.gatehouse.eventgraph.room.WaitingRow;
import org.gatehouse.eventgraph.room.WaitingRow.KeptBytes;
import org.gatehouse.eventgraph.room.WaitingRow.Wait;
import org.gatehouse.eventgraph.verdict.JudgedEvent;
import org.gatehouse.eventgraph.verdict.Verdicts;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * All ports in memory. Each row is one effect: it may be stored while the next one is not. Rows of one call are stored
 * in any order, as Cassandra may.
 */
public final class InMemoryStore implements Events, RoomHeads, WaitingEvents, Outbox, BulkEvents {

    public final Faults faults = new Faults();
    public final Map<EventId, KnownEvent> index = new TreeMap<>();
    public final Map<RoomId, TreeMap<Long, PlacedEvent>> roomLog = new TreeMap<>();
    public final Map<EventId, Outlier> outliers = new TreeMap<>();
    public final Map<RoomId, TreeMap<String, WaitingRow>> waiting = new TreeMap<>();
    public final Map<RoomId, RoomHead> heads = new TreeMap<>();
    public final List<ClusterRecord> published = new ArrayList<>();
    public final Map<String, List<BulkRecord>> bulk = new HashMap<>();
    public int headWrites;
    public int lookups;

    /** Not among the effects that are cut off: written by another consumer. */
    public final Verdicts verdicts = new InMemoryVerdicts();

    private final java.util.Random order;

    public InMemoryStore(long seed) {
        this.order = new java.util.Random(seed);
    }

    @Override
    public Map<EventId, KnownEvent> find(Set<EventId> eventIds) {
        faults.point();
        lookups++;
        Map<EventId, KnownEvent> found = new HashMap<>();
        for (EventId eventId : eventIds) {
            Optional.ofNullable(index.get(eventId)).ifPresent(known -> found.put(eventId, known));
        }
        return found;
    }

    @Override
    public void storeConnected(RoomId roomId, List<PlacedEvent> events) {
        List<Runnable> writes = new ArrayList<>();
        for (PlacedEvent event : events) {
            EventId eventId = event.placement().eventId();
            writes.add(() -> roomLog.computeIfAbsent(roomId, id -> new TreeMap<>())
                    .merge(event.placement().ordinal(), event, InMemoryStore::same));
            writes.add(() -> {
                KnownEvent before = index.get(eventId);
                KnownEvent.Place place = new KnownEvent.Place(
                        event.placement().ordinal(), event.placement().cause());
                index.put(
                        eventId,
                        new KnownEvent(
                                eventId,
                                roomId,
                                Optional.of(
                                        before == null || before.place().isEmpty()
                                                ? place
                                                : same(before.place().get(), place)),
                                before == null ? Optional.empty() : before.outlierCause()));
            });
        }
        write(writes);
    }

    @Override
    public void storeOutliers(List<Outlier> stored) {
        List<Runnable> writes = new ArrayList<>();
        for (Outlier outlier : stored) {
            EventId eventId = outlier.eventId();
            writes.add(() -> outliers.merge(eventId, outlier, InMemoryStore::same));
            writes.add(() -> {
                KnownEvent before = index.get(eventId);
                index.put(
                        eventId,
                        new KnownEvent(
                                eventId,
                                outlier.roomId(),
                                before == null ? Optional.empty() : before.place(),
                                Optional.of(outlier.cause())));
            });
        }
        write(writes);
    }

    @Override
    public List<PlacedEvent> causedSince(RoomId roomId, long lastOrdinal, HeadStamp first) {
        faults.point();
        List<PlacedEvent> found = new ArrayList<>();
        TreeMap<Long, PlacedEvent> log = roomLog.getOrDefault(roomId, new TreeMap<>());
        for (PlacedEvent event : log.headMap(lastOrdinal, true).descendingMap().values()) {
            if (event.placement().cause().compareTo(first) < 0) {
                break;
            }
            found.add(event);
        }
        Collections.reverse(found);
        return found;
    }

    @Override
    public Map<Long, PlacedEvent> at(RoomId roomId, Collection<Long> ordinals) {
        Map<Long, PlacedEvent> found = new TreeMap<>(roomLog.getOrDefault(roomId, new TreeMap<>()));
        found.keySet().retainAll(ordinals);
        return found;
    }

    @Override
    public List<PlacedEvent> between(RoomId roomId, long first, long last) {
        return List.copyOf(roomLog.getOrDefault(roomId, new TreeMap<>())
                .subMap(first, true, last, true)
                .values());
    }

    @Override
    public Map<EventId, Outlier> outliers(Set<EventId> eventIds) {
        Map<EventId, Outlier> found = new HashMap<>(outliers);
        found.keySet().retainAll(eventIds);
        return found;
    }

    @Override
    public Optional<RoomHead> read(RoomId roomId) {
        faults.point();
        return Optional.ofNullable(heads.get(roomId));
    }

    @Override
    public void store(RoomId roomId, RoomHead head) {
        faults.point();
        headWrites++;
        heads.merge(roomId, head, (have, newer) -> newer.stamp().compareTo(have.stamp()) >= 0 ? newer : have);
        faults.point();
    }

    @Override
    public void store(RoomId roomId, List<WaitingRow> rows) {
        List<Runnable> writes = new ArrayList<>();
        for (WaitingRow row : rows) {
            String key = "%08d %s %s".formatted(row.week(), row.cause(), row.eventId());
            writes.add(
                    () -> waiting.computeIfAbsent(roomId, id -> new TreeMap<>()).merge(key, row, InMemoryStore::same));
        }
        write(writes);
    }

    @Override
    public List<WaitingRow> read(RoomId roomId, int firstWeek, int lastWeek, HeadStamp firstCause) {
        faults.point();
        return waiting.getOrDefault(roomId, new TreeMap<>()).values().stream()
                .filter(row -> row.week() >= firstWeek && row.week() <= lastWeek)
                .filter(row -> row.cause().compareTo(firstCause) >= 0)
                .map(InMemoryStore::withoutBytes)
                .toList();
    }

    @Override
    public Map<KeptBytes, PduBytes> bytes(RoomId roomId, Set<KeptBytes> places) {
        faults.point();
        Map<KeptBytes, PduBytes> found = new HashMap<>();
        for (WaitingRow row : waiting.getOrDefault(roomId, new TreeMap<>()).values()) {
            KeptBytes place = new KeptBytes(row.week(), row.cause(), row.eventId());
            if (places.contains(place)) {
                row.details().flatMap(Wait::pdu).ifPresent(pdu -> found.put(place, pdu));
            }
        }
        return found;
    }

    @Override
    public void publish(List<ClusterRecord> outputs) {
        for (ClusterRecord output : outputs) {
            faults.point();
            published.add(output);
        }
        faults.point();
    }

    @Override
    public void read(BulkRange range, Consumer<List<BulkRecord>> chunks) {
        List<BulkRecord> records = bulk.getOrDefault(range.bulkId(), List.of());
        for (int from = 0; from < records.size(); from += 2) {
            faults.point();
            chunks.accept(records.subList(from, Math.min(from + 2, records.size())));
        }
    }

    private void write(List<Runnable> writes) {
        Collections.shuffle(writes, order);
        for (Runnable write : writes) {
            faults.point();
            write.run();
        }
        faults.point();
    }

    /** Whatever is written again must be what was written before. */
    private static <T> T same(T before, T after) {
        if (!before.equals(after)) {
            throw new AssertionError("a row was changed from " + before + " to " + after);
        }
        return before;
    }

    private static WaitingRow withoutBytes(WaitingRow row) {
        return new WaitingRow(
                row.week(),
                row.cause(),
                row.eventId(),
                row.change(),
                row.replyTo(),
                row.fanOut(),
                row.details()
                        .map(wait -> new Wait(
                                wait.attempt(),
                                wait.wishId(),
                                wait.wish(),
                                wait.source(),
                                wait.origin(),
                                wait.facts(),
                                wait.bytes(),
                                Optional.empty(),
                                wait.policy())));
    }

    private static final class InMemoryVerdicts implements Verdicts {

        private final Map<RoomId, TreeMap<Long, JudgedEvent>> rooms = new TreeMap<>();

        @Override
        public void store(RoomId roomId, List<JudgedEvent> events) {
            events.forEach(event ->
                    rooms.computeIfAbsent(roomId, id -> new TreeMap<>()).put(event.ordinal(), event));
        }

        @Override
        public Map<Long, JudgedEvent> find(RoomId roomId, Collection<Long> ordinals) {
            Map<Long, JudgedEvent> found = new TreeMap<>(rooms.getOrDefault(roomId, new TreeMap<>()));
            found.keySet().retainAll(ordinals);
            return found;
        }

        @Override
        public Map<Long, JudgedEvent> between(RoomId roomId, long first, long last) {
            return rooms.getOrDefault(roomId, new TreeMap<>()).subMap(first, true, last, true);
        }
    }

    /** Everything that is stored, for comparison. */
    public String dump() {
        StringBuilder text = new StringBuilder();
        heads.forEach((room, head) -> text.append(room).append(' ').append(head).append('\n'));
        roomLog.forEach((room, log) -> log.values().stream()
                .sorted(Comparator.comparing(event -> event.placement().ordinal()))
                .forEach(event -> text.append(event).append('\n')));
        index.values().forEach(known -> text.append(known).append('\n'));
        outliers.values().forEach(outlier -> text.append(outlier).append('\n'));
        waiting.values()
                .forEach(rows -> rows.values().forEach(row -> text.append(row).append('\n')));
        return text.toString();
    }
}
