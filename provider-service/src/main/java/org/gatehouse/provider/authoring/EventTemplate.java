package org.gatehouse.provider.authoring;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * Where in the graph a new event goes, and whether the judge would let it.
 *
 * @param policy the policy server that the room uses now
 */
public record EventTemplate(
        RoomVersion roomVersion,
        List<EventId> prevEvents,
        List<EventId> authEvents,
        long depth,
        boolean allowed,
        String rule,
        String reason,
        Optional<PolicyServer> policy) {

    public EventTemplate {
        prevEvents = List.copyOf(prevEvents);
        authEvents = List.copyOf(authEvents);
    }

    /** Puts an event into that place. */
    public EventDraft.Builder place(EventDraft.Builder draft) {
        return draft.prevEvents(prevEvents).authEvents(authEvents).depth(depth);
    }
}
