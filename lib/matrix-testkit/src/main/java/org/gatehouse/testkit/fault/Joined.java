package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.fault.Evidence.IndexRow;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;
import org.gatehouse.testkit.fault.Evidence.VerdictRow;

/** The evidence, looked up by what the rules ask for. */
final class Joined {

    private final Evidence evidence;
    private final Sent sent;
    private final Map<EventId, List<StoredEvent>> stored = new LinkedHashMap<>();
    private final Map<EventId, List<VerdictRow>> verdicts = new LinkedHashMap<>();
    private final Map<EventId, IndexRow> index = new LinkedHashMap<>();
    private final Map<RoomId, TreeMap<Long, StoredEvent>> rooms = new LinkedHashMap<>();

    Joined(Evidence evidence) {
        this.evidence = evidence;
        this.sent = Sent.of(evidence.ledger());
        for (StoredEvent event : evidence.stored()) {
            stored.computeIfAbsent(event.eventId(), id -> new ArrayList<>()).add(event);
            rooms.computeIfAbsent(event.room(), room -> new TreeMap<>()).put(event.ordinal(), event);
        }
        for (VerdictRow verdict : evidence.verdicts()) {
            verdicts.computeIfAbsent(verdict.eventId(), id -> new ArrayList<>()).add(verdict);
        }
        evidence.index().forEach(row -> index.put(row.eventId(), row));
    }

    Evidence evidence() {
        return evidence;
    }

    Sent sent() {
        return sent;
    }

    List<StoredEvent> rowsOf(EventId id) {
        return stored.getOrDefault(id, List.of());
    }

    List<VerdictRow> verdictsOf(EventId id) {
        return verdicts.getOrDefault(id, List.of());
    }

    Optional<IndexRow> indexOf(EventId id) {
        return Optional.ofNullable(index.get(id));
    }

    Map<EventId, List<StoredEvent>> storedById() {
        return stored;
    }

    /** The rooms' logs, in the order of their ordinals. */
    Map<RoomId, List<StoredEvent>> logs() {
        Map<RoomId, List<StoredEvent>> logs = new LinkedHashMap<>();
        rooms.forEach((room, events) -> logs.put(room, List.copyOf(events.values())));
        return logs;
    }

    boolean isAccepted(EventId id) {
        return verdictsOf(id).stream().anyMatch(VerdictRow::isAccepted);
    }

    boolean isRejected(EventId id) {
        return verdictsOf(id).stream().anyMatch(VerdictRow::isRejected);
    }

    boolean isHosted(ServerName server) {
        return evidence.hosted().contains(server);
    }
}
