package org.gatehouse.matrix.stateres;

import java.util.List;
import org.gatehouse.matrix.identifier.EventId;

/**
 * A resolved state and how it came about. Where the states did not differ, all lists are empty.
 *
 * @param state the resolved state
 * @param unconflicted what all states agreed on
 * @param conflictedStateSet the events of the slots in conflict, sorted
 * @param authDifference the events in some, but not all, of the states' auth chains, sorted
 * @param conflictedSubgraph the events on auth paths between conflicted ones, sorted; empty before version 2.1
 * @param powerOrder the power events and their chains, as they were applied
 * @param mainline the power levels event of the partially resolved state, and the ones before it
 * @param mainlineOrder the remaining events, as they were applied
 * @param verdicts what became of each event, in the order of applying
 */
public record Resolution(
        StateMap state,
        StateMap unconflicted,
        List<EventId> conflictedStateSet,
        List<EventId> authDifference,
        List<EventId> conflictedSubgraph,
        List<EventId> powerOrder,
        List<EventId> mainline,
        List<EventId> mainlineOrder,
        List<AppliedEvent> verdicts) {

    public Resolution {
        conflictedStateSet = List.copyOf(conflictedStateSet);
        authDifference = List.copyOf(authDifference);
        conflictedSubgraph = List.copyOf(conflictedSubgraph);
        powerOrder = List.copyOf(powerOrder);
        mainline = List.copyOf(mainline);
        mainlineOrder = List.copyOf(mainlineOrder);
        verdicts = List.copyOf(verdicts);
    }

    static Resolution withoutConflict(StateMap state) {
        return new Resolution(
                state, state, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
