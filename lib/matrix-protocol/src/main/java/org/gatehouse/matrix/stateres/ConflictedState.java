package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;

/**
 * The "unconflicted state map and conflicted state set": what all states agree on, and the events of the slots in which
 * they do not. A slot that one state lacks is in conflict.
 *
 * @param unconflicted shares its nodes with the first state
 * @param bySet the conflicted events of each state, in the order of the states
 */
record ConflictedState(StateMap unconflicted, List<List<EventId>> bySet) {

    ConflictedState {
        bySet = List.copyOf(bySet);
    }

    /** Costs what the states differ in. */
    static ConflictedState of(List<StateMap> states) {
        StateMap first = states.get(0);
        SortedSet<StateKey> conflicted = new TreeSet<>();
        for (StateMap state : states.subList(1, states.size())) {
            first.diff(state).forEach(change -> conflicted.add(change.key()));
        }
        List<List<EventId>> bySet = new ArrayList<>();
        for (StateMap state : states) {
            List<EventId> events = new ArrayList<>();
            conflicted.forEach(key -> state.get(key).ifPresent(events::add));
            bySet.add(List.copyOf(events));
        }
        StateMap unconflicted = first;
        for (StateKey key : conflicted) {
            unconflicted = unconflicted.without(key);
        }
        return new ConflictedState(unconflicted, bySet);
    }
}
