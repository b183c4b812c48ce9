package org.gatehouse.stateresolution.judgement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.room.RoomWrites;
import org.gatehouse.stateresolution.room.Standing;

/** A state that was given instead of computed. Each of its events is kept, and judged by its auth events (check 4). */
final class SeedState {

    private SeedState() {}

    /**
     * The version of the seed's state: the events with the role STATE, but for those that check 4 rejects.
     *
     * @throws Unjudgeable if an event comes without bytes and the judge does not know it
     */
    static long versionOf(Room room, List<BulkRecord> seed, long cause, RoomWrites writes) {
        SortedMap<EventId, Pdu> given = new TreeMap<>();
        Set<EventId> inState = new TreeSet<>();
        for (BulkRecord entry : seed) {
            Pdu event = entry.pdu()
                    .map(bytes -> StoredPdus.read(room.version(), entry.eventId(), bytes.canonical()))
                    .orElseGet(() -> knownBefore(room, entry.eventId()));
            if (event.roomId().equals(room.id())) {
                given.put(event.eventId(), event);
                if (entry.role() == BulkRecord.Role.STATE) {
                    inState.add(event.eventId());
                }
            }
        }
        room.authEvents().prefetch(given.keySet());
        for (Pdu event : authEventsFirst(given)) {
            room.authEvents().learnOutlier(event, cause, writes);
        }
        StateMap state = StateMap.EMPTY;
        for (EventId eventId : inState) {
            Optional<StateKey> slot = room.authEvents().event(eventId).stateSlot();
            if (slot.isPresent() && room.authEvents().standing(eventId) == Standing.ACCEPTED) {
                state = state.with(slot.get(), eventId);
            }
        }
        return room.versions().versionOf(state, List.of(room.head().current(), 0L), cause, writes);
    }

    private static Pdu knownBefore(Room room, EventId eventId) {
        return room.authEvents()
                .find(eventId)
                .orElseThrow(() -> new Unjudgeable("a seed names " + eventId + ", which is not known"));
    }

    /** The events so that each comes after those that it cites, on a stack of our own. */
    static List<Pdu> authEventsFirst(SortedMap<EventId, Pdu> events) {
        List<Pdu> ordered = new ArrayList<>(events.size());
        Set<EventId> begun = new TreeSet<>();
        Set<EventId> done = new TreeSet<>();
        for (EventId start : events.keySet()) {
            Deque<EventId> stack = new ArrayDeque<>(List.of(start));
            while (!stack.isEmpty()) {
                EventId top = stack.peek();
                Pdu event = events.get(top);
                if (event == null || done.contains(top)) {
                    stack.pop();
                } else if (begun.add(top)) {
                    event.effectiveAuthEvents().stream()
                            .filter(id -> !begun.contains(id))
                            .forEach(stack::push);
                } else {
                    stack.pop();
                    done.add(top);
                    ordered.add(event);
                }
            }
        }
        return ordered;
    }
}
