package org.gatehouse.eventgraph.room;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;

/** An event that is not connected yet. Belongs to one {@link RoomGraph}, which alone changes it. */
final class WaitingEvent {

    /**
     * <pre>
     *           join done, parents missing            outcome: still missing
     *   HELD ------------------------------> WAITING -----------------------> REFUSED
     *     |                                     | ^                              | |
     *     | join done                           | +---- came again, or fetched --+ |
     *     +------------> connected <------------+----------------------------------+
     *                               what was missing came
     * </pre>
     */
    enum Status {
        /** Waits for the outcome of a join. */
        HELD,
        /** Waits for the outcome of a wish, for others that wait, or for the policy server's answer. */
        WAITING,
        /** What it needs could not be had. */
        REFUSED
    }

    final EventFacts facts;
    final Source source;
    final ServerName origin;
    final WaitingRow.KeptBytes bytes;
    Optional<PolicyWord> policy = Optional.empty();
    final Set<ReplyTo> replyTo = new LinkedHashSet<>();
    final SortedSet<EventId> missingParents = new TreeSet<>();
    final SortedSet<EventId> missingAuthEvents = new TreeSet<>();
    final SortedMap<EventId, Long> parentOrdinals = new TreeMap<>();
    boolean fanOut;
    Status status;
    int attempt;
    String wishId;

    WaitingEvent(
            EventFacts facts,
            Source source,
            ServerName origin,
            WaitingRow.KeptBytes bytes,
            boolean fanOut,
            Status status,
            int attempt,
            String wishId) {
        this.facts = facts;
        this.source = source;
        this.origin = origin;
        this.bytes = bytes;
        this.fanOut = fanOut;
        this.status = status;
        this.attempt = attempt;
        this.wishId = wishId;
    }

    EventId eventId() {
        return facts.eventId();
    }

    boolean lacksNothing() {
        return missingParents.isEmpty() && missingAuthEvents.isEmpty() && !awaitsPolicyServer();
    }

    boolean awaitsPolicyServer() {
        return policy.filter(PolicyWord::awaited).isPresent();
    }

    /** Sets anew what is missing, from what is known. */
    void compare(RoomView view) {
        missingParents.clear();
        missingAuthEvents.clear();
        for (EventId parent : facts.parents()) {
            view.ordinal(parent)
                    .ifPresentOrElse(ordinal -> parentOrdinals.put(parent, ordinal), () -> missingParents.add(parent));
        }
        for (EventId authEvent : facts.authEvents()) {
            if (!view.isKnown(authEvent)) {
                missingAuthEvents.add(authEvent);
            }
        }
    }

    List<Long> connectedParents() {
        return facts.parents().stream()
                .filter(parentOrdinals::containsKey)
                .map(parentOrdinals::get)
                .toList();
    }
}
