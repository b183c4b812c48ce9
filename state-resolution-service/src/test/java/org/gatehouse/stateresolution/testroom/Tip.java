package org.gatehouse.stateresolution.testroom;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;

/** A place in a room's graph to make events on: parents, and the state that an honest server would see there. */
public record Tip(List<EventId> parents, Map<StateKey, EventId> state, long depth) {

    static final Tip NONE = new Tip(List.of(), Map.of(), 0);

    Tip after(Pdu event) {
        Map<StateKey, EventId> next = new TreeMap<>(state);
        event.stateSlot().ifPresent(slot -> next.put(slot, event.eventId()));
        return new Tip(List.of(event.eventId()), next, event.depth());
    }

    /** On top of both, with the state of this one. */
    public Tip mergedWith(Tip other) {
        List<EventId> both = new java.util.ArrayList<>(parents);
        other.parents.stream().filter(id -> !both.contains(id)).forEach(both::add);
        return new Tip(both, state, Math.max(depth, other.depth));
    }
}
