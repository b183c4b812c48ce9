package org.gatehouse.matrix.stateres;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.SortedSet;
import java.util.TreeSet;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.identifier.EventId;

/** Full auth chains, as {@code /event_auth} and {@code /send_join} serve them. */
public final class AuthChains {
    private AuthChains() {}

    /**
     * The union of the auth chains of these events: their auth events, the auth events of those, and so on back to the
     * create event, which a room ID of version 12 implies. An event that is asked for is in it only if another one
     * leads to it.
     *
     * @throws MissingAuthEvent if an event is not at hand
     */
    public static SortedSet<EventId> of(Collection<EventId> events, AuthGraph graph) {
        SortedSet<EventId> chain = new TreeSet<>();
        Deque<EventId> open = new ArrayDeque<>(events);
        while (!open.isEmpty()) {
            for (EventId authEvent : graph.event(open.pop()).effectiveAuthEvents()) {
                if (chain.add(authEvent)) {
                    open.push(authEvent);
                }
            }
        }
        return Collections.unmodifiableSortedSet(chain);
    }
}
