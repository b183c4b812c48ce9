package org.gatehouse.matrix.stateres;

import java.util.List;
import java.util.OptionalInt;
import org.gatehouse.matrix.identifier.EventId;

/**
 * A resolved state and how it came about. Where the states did not differ, all lists are empty.
 *
 * <p>Version 1 knows neither differences of auth chains nor a mainline: there the power order is that of the power
 * levels, join rules and members, the mainline order that of all others, as they were looked at; the first event of a
 * slot of the former is taken without a verdict.
 *
 * @param state the resolved state
 * @param unconflicted what all states agreed on
 * @param conflictedStateSet the events of the slots in conflict, sorted
 * @param authDifference the events in some, but not all, of the states' auth chains, sorted; a state's own events
 *     count as part of its chain
 * @param conflictedSubgraph the events on auth paths between conflicted ones, sorted; empty before version 2.1
 * @param powerOrder the power events and their chains, as they were applied
 * @param mainline the power levels event of the partially resolved state, and the ones before it
 * @param mainlineOrder the remaining events, as they were applied
 * @param mainlinePositions the mainline position of each event of the mainline order; empty for an infinite one
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
        List<OptionalInt> mainlinePositions,
        List<AppliedEvent> verdicts) {

    public Resolution {
        conflictedStateSet = List.copyOf(conflictedStateSet);
        authDifference = List.copyOf(authDifference);
        conflictedSubgraph = List.copyOf(conflictedSubgraph);
        powerOrder = List.copyOf(powerOrder);
        mainline = List.copyOf(mainline);
        mainlineOrder = List.copyOf(mainlineOrder);
        mainlinePositions = List.copyOf(mainlinePositions);
        verdicts = List.copyOf(verdicts);
    }

    static Resolution withoutConflict(StateMap state) {
        return new Resolution(
                state, state, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
