package org.gatehouse.provider.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.provider.TestCluster;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.provider.delivery.DeliverVerdict.JudgedAt;

/** The tables of delivery in memory, and verdicts delivered into them. */
public final class InMemoryDelivery {

    public final Memberships memberships = new InMemoryMemberships();
    public final Timelines timelines = new InMemoryTimelines();
    public final RoomStates states = new InMemoryStates();
    public final Interests interests = new InMemoryInterests();
    public final Watermarks watermarks = new Watermarks();
    public final Listeners listeners = new Listeners(watermarks);

    private final DeliverVerdict deliver;
    private final int partition;
    private long offset = -1;

    public InMemoryDelivery(int partition, AppServices appServices) {
        this.partition = partition;
        this.deliver = new DeliverVerdict(
                states,
                timelines,
                new DeliverMemberships(memberships, TestCluster.config()),
                new RecordInterests(appServices, memberships, interests));
    }

    /** Delivers a verdict at the next offset and tells the listeners. */
    public long deliver(JudgedRecord verdict) {
        deliverAt(++offset, verdict);
        return offset;
    }

    public void deliverAt(long at, JudgedRecord verdict) {
        deliver.deliver(List.of(new JudgedAt(new Place(partition, at), verdict)))
                .forEach(listeners::tell);
    }

    /** Delivers verdicts at the next offsets, all at once. */
    public List<DeliveryNotice> deliverTogether(List<? extends JudgedRecord> verdicts) {
        long first = offset + 1;
        offset += verdicts.size();
        return deliverTogetherFrom(first, verdicts);
    }

    /** Delivers verdicts at offsets from this one on, all at once. */
    public List<DeliveryNotice> deliverTogetherFrom(long first, List<? extends JudgedRecord> verdicts) {
        List<JudgedAt> records = new ArrayList<>();
        for (JudgedRecord verdict : verdicts) {
            records.add(new JudgedAt(new Place(partition, first + records.size()), verdict));
        }
        List<DeliveryNotice> notices = deliver.deliver(records);
        notices.forEach(listeners::tell);
        return notices;
    }

    private static final class InMemoryMemberships implements Memberships {
        private final Map<String, Membership> rows = new TreeMap<>();
        private final Map<String, Long> forgotten = new HashMap<>();

        @Override
        public Optional<Membership> find(UserId userId, RoomId roomId) {
            return Optional.ofNullable(rows.get(key(userId, roomId)));
        }

        @Override
        public List<Membership> ofUser(UserId userId) {
            return rows.values().stream()
                    .filter(row -> row.userId().equals(userId))
                    .filter(row -> row.place().offset() > forgotten.getOrDefault(key(userId, row.roomId()), -1L))
                    .toList();
        }

        @Override
        public List<UserId> hosted(RoomId roomId, String kind) {
            return rows.values().stream()
                    .filter(row -> row.roomId().equals(roomId) && row.kind().equals(kind))
                    .map(Membership::userId)
                    .toList();
        }

        @Override
        public void put(List<Membership> memberships) {
            memberships.forEach(row -> rows.put(key(row.userId(), row.roomId()), row));
        }

        @Override
        public void forget(UserId userId, RoomId roomId, long offset) {
            forgotten.put(key(userId, roomId), offset);
        }

        private static String key(UserId userId, RoomId roomId) {
            return userId + " " + roomId;
        }
    }

    private static final class InMemoryTimelines implements Timelines {
        private final Map<RoomId, NavigableMap<Long, TimelineEntry>> rooms = new HashMap<>();
        private final Map<RoomId, TimelineHead> heads = new HashMap<>();

        @Override
        public void append(List<TimelineEntry> entries, Map<RoomId, TimelineHead> after) {
            entries.forEach(entry ->
                    rooms.computeIfAbsent(entry.roomId(), id -> new TreeMap<>()).put(entry.ordinal(), entry));
            heads.putAll(after);
        }

        @Override
        public Map<RoomId, TimelineHead> heads(Set<RoomId> roomIds) {
            Map<RoomId, TimelineHead> found = new HashMap<>(heads);
            found.keySet().retainAll(roomIds);
            return found;
        }

        @Override
        public List<TimelineEntry> before(RoomId roomId, long ordinal, int limit) {
            List<TimelineEntry> entries =
                    new ArrayList<>(entries(roomId).headMap(ordinal, false).values());
            Collections.reverse(entries);
            return entries.subList(0, Math.min(limit, entries.size()));
        }

        @Override
        public List<TimelineEntry> after(RoomId roomId, long ordinal, int limit) {
            List<TimelineEntry> entries =
                    new ArrayList<>(entries(roomId).tailMap(ordinal, false).values());
            return entries.subList(0, Math.min(limit, entries.size()));
        }

        @Override
        public Optional<TimelineEntry> find(EventId eventId) {
            return rooms.values().stream()
                    .flatMap(room -> room.values().stream())
                    .filter(entry -> entry.eventId().equals(eventId))
                    .findFirst();
        }

        private NavigableMap<Long, TimelineEntry> entries(RoomId roomId) {
            return rooms.getOrDefault(roomId, new TreeMap<>());
        }
    }

    private static final class InMemoryStates implements RoomStates {
        private final Map<RoomId, Map<StateKey, Pdu>> rooms = new HashMap<>();

        @Override
        public List<Pdu> all(RoomId roomId) {
            return List.copyOf(rooms.getOrDefault(roomId, Map.of()).values());
        }

        @Override
        public List<Pdu> ofType(RoomId roomId, String type) {
            return all(roomId).stream()
                    .filter(event -> event.type().equals(type))
                    .sorted(Comparator.comparing(event -> event.stateKey().orElse("")))
                    .toList();
        }

        @Override
        public Optional<Pdu> find(RoomId roomId, StateKey slot) {
            return Optional.ofNullable(rooms.getOrDefault(roomId, Map.of()).get(slot));
        }

        @Override
        public void apply(StateUpdate update) {
            Map<StateKey, Pdu> room = rooms.computeIfAbsent(update.roomId(), id -> new TreeMap<>());
            if (update.whole()) {
                room.clear();
            }
            for (StateUpdate.Slot slot : update.slots()) {
                room.remove(slot.key());
                slot.filling()
                        .ifPresent(filled -> room.put(
                                slot.key(),
                                StoredPdus.read(
                                        RoomVersions.require(update.roomVersion()),
                                        filled.pdu().canonical())));
            }
        }
    }

    private static final class InMemoryInterests implements Interests {
        private final Map<String, NavigableMap<Long, Boolean>> rows = new HashMap<>();

        @Override
        public boolean at(String appService, RoomId roomId, long offset) {
            Map.Entry<Long, Boolean> row = rows.getOrDefault(appService + " " + roomId, new TreeMap<>())
                    .floorEntry(offset);
            return row != null && row.getValue();
        }

        @Override
        public void put(String appService, RoomId roomId, long offset, boolean interested) {
            rows.computeIfAbsent(appService + " " + roomId, key -> new TreeMap<>())
                    .put(offset, interested);
        }
    }
}
