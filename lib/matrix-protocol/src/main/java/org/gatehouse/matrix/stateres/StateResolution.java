package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.StateResolutionAlgorithm;

/**
 * State resolution, version 1, 2 and 2.1: from the states after an event's parents to the state before it. The order of
 * the states does not matter. The cost is what they differ in.
 */
public final class StateResolution {
    private StateResolution() {}

    /**
     * Resolves states of one room by the algorithm of its version.
     *
     * @param graph the events of the states and their auth chains
     * @throws MissingAuthEvent if an event that the algorithm looks at is not in the graph
     */
    public static StateMap resolve(RoomVersion version, List<StateMap> stateSets, RoomAuthGraph graph) {
        List<StateMap> distinct = distinct(stateSets);
        if (distinct.size() < 2) {
            return only(distinct);
        }
        return isVersion1(version)
                ? AlgorithmV1.resolve(distinct, graph)
                : AlgorithmV2.resolve(version, distinct, graph);
    }

    /** As {@link #resolve}, with the way there. */
    public static Resolution resolveExplained(RoomVersion version, List<StateMap> stateSets, RoomAuthGraph graph) {
        List<StateMap> distinct = distinct(stateSets);
        if (distinct.size() < 2) {
            return Resolution.withoutConflict(only(distinct));
        }
        return isVersion1(version)
                ? AlgorithmV1.resolveExplained(distinct, graph)
                : AlgorithmV2.resolveExplained(version, distinct, graph);
    }

    /**
     * Whether the auth difference, as far as this graph shows it, goes beyond the conflicted events. If it does not, the
     * graph need not hold the events that all states agree on, but for those that the rules ask for; and it shows no
     * less than there is, if it holds the conflicted events and their auth chains.
     *
     * @throws MissingAuthEvent if a conflicted event is not in the graph
     */
    public static boolean needsWholeStates(List<StateMap> stateSets, RoomAuthGraph graph) {
        List<StateMap> distinct = distinct(stateSets);
        if (distinct.size() < 2 || isVersion1(graph.version())) {
            return false;
        }
        ConflictedState conflict = ConflictedState.of(distinct, graph);
        BitSet beyond = AuthDifference.of(conflict, graph);
        for (int event : conflict.events()) {
            beyond.clear(event);
        }
        return !beyond.isEmpty();
    }

    private static boolean isVersion1(RoomVersion version) {
        return version.stateResolution() == StateResolutionAlgorithm.V1;
    }

    private static StateMap only(List<StateMap> atMostOne) {
        return atMostOne.isEmpty() ? StateMap.EMPTY : atMostOne.get(0);
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
}
