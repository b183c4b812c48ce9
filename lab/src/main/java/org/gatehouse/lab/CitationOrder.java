package org.gatehouse.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;

/**
 * Puts events in an order in which each comes after its auth events, and otherwise the earlier first: about as a server
 * receives them.
 */
final class CitationOrder {

    private final List<Pdu> events;
    private final int[][] cited;
    private final List<Pdu> ordered;

    private CitationOrder(Collection<Pdu> events) {
        this.events = new ArrayList<>(events);
        this.events.sort(Comparator.comparingLong(Pdu::originServerTs));
        this.cited = new int[this.events.size()][];
        this.ordered = new ArrayList<>(this.events.size());
        Map<EventId, Integer> numbers = new HashMap<>(2 * this.events.size());
        for (int i = 0; i < cited.length; i++) {
            numbers.put(this.events.get(i).eventId(), i);
        }
        for (int i = 0; i < cited.length; i++) {
            cited[i] = citedBy(this.events.get(i), numbers);
        }
    }

    /** @throws LabProblem if an auth event is not among the events, or events cite each other in a ring */
    static List<Pdu> of(Collection<Pdu> events) {
        CitationOrder order = new CitationOrder(events);
        order.sort();
        return order.ordered;
    }

    private static int[] citedBy(Pdu event, Map<EventId, Integer> numbers) {
        List<EventId> authEvents = event.effectiveAuthEvents();
        int[] cited = new int[authEvents.size()];
        for (int i = 0; i < cited.length; i++) {
            Integer number = numbers.get(authEvents.get(i));
            if (number == null) {
                throw new LabProblem("events: %s is missing, which %s cites in auth_events"
                        .formatted(authEvents.get(i), event.eventId()));
            }
            cited[i] = number;
        }
        return cited;
    }

    /** Depth first, with a path of our own; {@code next} is how many of an event's citations have been followed. */
    private void sort() {
        int[] next = new int[cited.length];
        boolean[] done = new boolean[cited.length];
        boolean[] onPath = new boolean[cited.length];
        int[] path = new int[cited.length];
        for (int start = 0; start < cited.length; start++) {
            int depth = 0;
            if (!done[start]) {
                path[depth++] = start;
                onPath[start] = true;
            }
            while (depth > 0) {
                int event = path[depth - 1];
                if (next[event] == cited[event].length) {
                    done[event] = true;
                    onPath[event] = false;
                    ordered.add(events.get(event));
                    depth--;
                    continue;
                }
                int following = cited[event][next[event]++];
                if (onPath[following]) {
                    throw new LabProblem("events: the auth_events of %s lead back to it"
                            .formatted(events.get(following).eventId()));
                }
                if (!done[following]) {
                    path[depth++] = following;
                    onPath[following] = true;
                }
            }
        }
    }
}
