package org.gatehouse.eventgraph.room;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.eventgraph.room.WaitingEvent.Status;
import org.gatehouse.matrix.identifier.EventId;

/** The waiting events of one room, and who waits for whom. */
final class WaitingRoom {

    private static final Comparator<WaitingEvent> OLDEST_FIRST =
            Comparator.comparing((WaitingEvent event) -> event.bytes.cause()).thenComparing(WaitingEvent::eventId);

    private final TreeMap<EventId, WaitingEvent> events = new TreeMap<>();
    private final Map<EventId, SortedSet<EventId>> waiters = new HashMap<>();
    private final TreeMap<Integer, Integer> weeks = new TreeMap<>();

    Optional<WaitingEvent> find(EventId eventId) {
        return Optional.ofNullable(events.get(eventId));
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** The first week that holds bytes of a waiting event, 0 if none waits. */
    int firstWeek() {
        return weeks.isEmpty() ? 0 : weeks.firstKey();
    }

    void add(WaitingEvent event) {
        events.put(event.eventId(), event);
        weeks.merge(event.bytes.week(), 1, Integer::sum);
        link(event);
    }

    /** Notes who waits for what the event lacks; to be called again when that was set anew. */
    void link(WaitingEvent event) {
        for (EventId missing : event.missingParents) {
            waiters.computeIfAbsent(missing, id -> new TreeSet<>()).add(event.eventId());
        }
        for (EventId missing : event.missingAuthEvents) {
            waiters.computeIfAbsent(missing, id -> new TreeSet<>()).add(event.eventId());
        }
    }

    void remove(WaitingEvent event) {
        events.remove(event.eventId());
        weeks.merge(event.bytes.week(), -1, (have, change) -> have + change == 0 ? null : have + change);
        for (EventId missing : event.missingParents) {
            unlink(missing, event.eventId());
        }
        for (EventId missing : event.missingAuthEvents) {
            unlink(missing, event.eventId());
        }
    }

    private void unlink(EventId missing, EventId waiter) {
        SortedSet<EventId> those = waiters.get(missing);
        if (those != null && those.remove(waiter) && those.isEmpty()) {
            waiters.remove(missing);
        }
    }

    List<WaitingEvent> waitersOf(EventId missing) {
        List<WaitingEvent> found = new ArrayList<>();
        for (EventId waiter : waiters.getOrDefault(missing, new TreeSet<>())) {
            find(waiter).ifPresent(found::add);
        }
        return found;
    }

    /** The event is connected: the waiters that now lack nothing. */
    List<WaitingEvent> connected(EventId eventId, long ordinal) {
        List<WaitingEvent> complete = new ArrayList<>();
        for (WaitingEvent waiter : waitersOf(eventId)) {
            if (waiter.missingParents.remove(eventId)) {
                waiter.parentOrdinals.put(eventId, ordinal);
            }
            waiter.missingAuthEvents.remove(eventId);
            unlink(eventId, waiter.eventId());
            if (waiter.lacksNothing()) {
                complete.add(waiter);
            }
        }
        return complete;
    }

    /** The event is known as an outlier: the waiters that now lack nothing. */
    List<WaitingEvent> outlierKnown(EventId eventId) {
        List<WaitingEvent> complete = new ArrayList<>();
        for (WaitingEvent waiter : waitersOf(eventId)) {
            if (waiter.missingAuthEvents.remove(eventId) && waiter.lacksNothing()) {
                complete.add(waiter);
            }
            if (!waiter.missingParents.contains(eventId)) {
                unlink(eventId, waiter.eventId());
            }
        }
        return complete;
    }

    /** Whether somebody still works to get the event: it waits and is not refused. */
    boolean isExpected(EventId eventId) {
        return find(eventId).filter(event -> event.status != Status.REFUSED).isPresent();
    }

    Set<EventId> missing() {
        return waiters.keySet();
    }

    Collection<WaitingEvent> all() {
        return events.values();
    }

    List<WaitingEvent> with(Status status) {
        return events.values().stream()
                .filter(event -> event.status == status)
                .sorted(OLDEST_FIRST)
                .toList();
    }

    List<WaitingEvent> awaiting(String wishId) {
        return events.values().stream()
                .filter(event -> event.status == Status.WAITING && event.wishId.equals(wishId))
                .toList();
    }

    List<WaitingEvent> olderThan(int week) {
        return weeks.isEmpty() || weeks.firstKey() >= week
                ? List.of()
                : events.values().stream()
                        .filter(event -> event.bytes.week() < week)
                        .toList();
    }
}
