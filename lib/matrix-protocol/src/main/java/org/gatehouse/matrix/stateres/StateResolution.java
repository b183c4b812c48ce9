package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.StateResolutionAlgorithm;

/**
 * State resolution, version 2 and 2.1: from the states after an event's parents to the state before it. The order of
 * the states does not matter.
 */
public final class StateResolution {
    private StateResolution() {}

    /**
     * Resolves states of one room.
     *
     * @param graph the events of the states and of their auth chains
     * @throws MissingAuthEvent if an event that the algorithm needs is not at hand
     * @throws IllegalArgumentException for a room version whose algorithm is another
     */
    public static StateMap resolve(RoomVersion version, List<StateMap> stateSets, AuthGraph graph) {
        return resolveExplained(version, stateSets, graph).state();
    }

    /** As {@link #resolve}, with the way there. */
    public static Resolution resolveExplained(RoomVersion version, List<StateMap> stateSets, AuthGraph graph) {
        if (version.stateResolution() == StateResolutionAlgorithm.V1) {
            throw new IllegalArgumentException("Not state resolution version 2: room version " + version);
        }
        List<StateMap> distinct = distinct(stateSets);
        if (distinct.size() < 2) {
            return Resolution.withoutConflict(distinct.isEmpty() ? StateMap.EMPTY : distinct.get(0));
        }
        return resolveConflict(version, ConflictedState.of(distinct), new InternedEvents(graph));
    }

    private static Resolution resolveConflict(RoomVersion version, ConflictedState states, InternedEvents events) {
        boolean isVersion21 = version.stateResolution() == StateResolutionAlgorithm.V2_1;
        List<int[]> conflictedBySet =
                states.bySet().stream().map(events::numbers).toList();
        BitSet conflicted = union(conflictedBySet);
        AuthWalk chains = AuthWalk.from(conflicted, events);

        BitSet authDifference = AuthDifference.of(conflictedBySet, states.unconflicted(), events, chains);
        BitSet subgraph = isVersion21 ? ConflictedSubgraph.of(conflicted, chains) : new BitSet();
        BitSet fullConflictedSet = (BitSet) conflicted.clone();
        fullConflictedSet.or(authDifference);
        fullConflictedSet.or(subgraph);

        // Steps 1 and 2.
        BitSet power = PowerEvents.withTheirChains(fullConflictedSet, events, chains);
        int[] powerOrder = PowerOrdering.sort(power, version, events);
        IterativeAuth auth = new IterativeAuth(isVersion21 ? StateMap.EMPTY : states.unconflicted(), events);
        auth.apply(powerOrder);

        // Steps 3 and 4.
        BitSet remaining = (BitSet) fullConflictedSet.clone();
        remaining.andNot(power);
        MainlineOrdering mainline = MainlineOrdering.basedOn(auth.powerLevels(), events);
        int[] mainlineOrder = mainline.sort(remaining);
        auth.apply(mainlineOrder);

        // Step 5.
        return new Resolution(
                auth.over(states.unconflicted()),
                states.unconflicted(),
                events.ids(conflicted),
                events.ids(authDifference),
                events.ids(subgraph),
                events.ids(powerOrder),
                events.ids(mainline.mainline()),
                events.ids(mainlineOrder),
                auth.verdicts());
    }

    private static List<StateMap> distinct(List<StateMap> stateSets) {
        List<StateMap> distinct = new ArrayList<>();
        for (StateMap state : stateSets) {
            if (!distinct.contains(state)) {
                distinct.add(state);
            }
        }
        return distinct;
    }

    private static BitSet union(List<int[]> sets) {
        BitSet union = new BitSet();
        for (int[] set : sets) {
            for (int event : set) {
                union.set(event);
            }
        }
        return union;
    }
}
