package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.jspecify.annotations.Nullable;

/** The events of one resolution as small integers, numbered as they are first mentioned. */
final class InternedEvents {
    static final int NONE = -1;

    private final AuthGraph graph;
    private final Map<EventId, Integer> numbers = new LinkedHashMap<>();
    private final List<Pdu> events = new ArrayList<>();
    private final List<int @Nullable []> authEvents = new ArrayList<>();

    InternedEvents(AuthGraph graph) {
        this.graph = graph;
    }

    int number(EventId id) {
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        int number = events.size();
        events.add(graph.event(id));
        authEvents.add(null);
        numbers.put(id, number);
        return number;
    }

    int[] numbers(List<EventId> ids) {
        return ids.stream().mapToInt(this::number).toArray();
    }

    /** How many events have a number so far. */
    int size() {
        return events.size();
    }

    Pdu event(int number) {
        return events.get(number);
    }

    EventId id(int number) {
        return events.get(number).eventId();
    }

    boolean isRejected(int number) {
        return graph.isRejected(id(number));
    }

    /** What an event cites that may go without a number. */
    List<EventId> citedBy(EventId id) {
        return graph.event(id).effectiveAuthEvents();
    }

    /** The auth events, among them the create event that the room ID implies. */
    int[] authEvents(int number) {
        int[] known = authEvents.get(number);
        if (known == null) {
            known = numbers(events.get(number).effectiveAuthEvents());
            authEvents.set(number, known);
        }
        return known;
    }

    /** The power levels event among the auth events, or {@link #NONE}. */
    int powerLevelsOf(int number) {
        for (int authEvent : authEvents(number)) {
            if (event(authEvent).isState(EventTypes.POWER_LEVELS)) {
                return authEvent;
            }
        }
        return NONE;
    }

    /** By {@code origin_server_ts}, then by event ID: how both orderings break their ties. */
    int compareAge(int x, int y) {
        int byTime = Long.compare(event(x).originServerTs(), event(y).originServerTs());
        return byTime != 0 ? byTime : id(x).compareTo(id(y));
    }

    /** The event IDs of a set of numbers, sorted. */
    List<EventId> ids(BitSet set) {
        return set.stream().mapToObj(this::id).sorted().toList();
    }

    List<EventId> ids(int[] ordered) {
        List<EventId> ids = new ArrayList<>(ordered.length);
        for (int number : ordered) {
            ids.add(id(number));
        }
        return List.copyOf(ids);
    }
}
