package org.gatehouse.matrix.stateres;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.StateResolutionAlgorithm;

/** One resolution by version 2 or 2.1, step by step. */
final class AlgorithmV2 {
    private final RoomAuthGraph graph;
    private final ConflictedState conflict;
    private final BitSet authDifference;
    private final BitSet subgraph;
    private final int[] powerOrder;
    private final int[] mainlineOrder;
    private final int startOfMainline;
    private final IterativeAuth auth;

    private AlgorithmV2(RoomVersion version, List<StateMap> states, RoomAuthGraph graph, boolean isExplained) {
        this.graph = graph;
        this.conflict = ConflictedState.of(states, graph);
        boolean isVersion21 = version.stateResolution() == StateResolutionAlgorithm.V2_1;
        this.authDifference = AuthDifference.of(conflict, graph);
        this.subgraph = isVersion21 ? ConflictedSubgraph.of(conflict, graph.edges()) : new BitSet();
        FullConflictedSet set = FullConflictedSet.of(union(), graph.edges());

        // Steps 1 and 2.
        BitSet power = set.powerEvents(graph);
        this.powerOrder = set.events(PowerOrdering.sort(version, graph, set, power));
        this.auth =
                new IterativeAuth(graph, isVersion21 ? slot -> RoomAuthGraph.NONE : this::unconflicted, isExplained);
        auth.apply(powerOrder);

        // Steps 3 and 4.
        this.startOfMainline = auth.powerLevels();
        power.flip(0, set.size());
        this.mainlineOrder = set.events(power.stream().toArray());
        new MainlineOrdering(startOfMainline, graph).sort(mainlineOrder);
        auth.apply(mainlineOrder);
    }

    /** @param states at least two, different from each other */
    static StateMap resolve(RoomVersion version, List<StateMap> states, RoomAuthGraph graph) {
        return new AlgorithmV2(version, states, graph, false).resolved();
    }

    /** As {@link #resolve}, with the way there. */
    static Resolution resolveExplained(RoomVersion version, List<StateMap> states, RoomAuthGraph graph) {
        return new AlgorithmV2(version, states, graph, true).explained();
    }

    /** Step 5: what was applied, in the slots on which the states do not agree. */
    private StateMap resolved() {
        ResolvedState resolved = new ResolvedState(conflict, graph);
        for (int i = 0; i < conflict.size(); i++) {
            resolved.put(i, auth.appliedIn(conflict.slot(i)));
        }
        BitSet slots = auth.appliedSlots();
        for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
            if (!conflict.isConflicted(slot) && conflict.unconflicted(slot, graph) == null) {
                resolved.putElsewhere(slot, auth.appliedIn(slot));
            }
        }
        return resolved.state();
    }

    private Resolution explained() {
        MainlineOrdering mainline = new MainlineOrdering(startOfMainline, graph);
        return new Resolution(
                resolved(),
                conflict.unconflictedState(graph),
                graph.sortedIds(conflict.events()),
                graph.sortedIds(authDifference.stream().toArray()),
                graph.sortedIds(subgraph.stream().toArray()),
                graph.ids(powerOrder),
                graph.ids(MainlineOrdering.of(startOfMainline, graph)),
                graph.ids(mainlineOrder),
                IntStream.of(mainlineOrder)
                        .map(mainline::position)
                        .mapToObj(AlgorithmV2::position)
                        .toList(),
                auth.verdicts());
    }

    private static OptionalInt position(int position) {
        return position == MainlineOrdering.INFINITE ? OptionalInt.empty() : OptionalInt.of(position);
    }

    private BitSet union() {
        BitSet union = (BitSet) authDifference.clone();
        union.or(subgraph);
        for (int event : conflict.events()) {
            union.set(event);
        }
        return union;
    }

    private int unconflicted(int slot) {
        TrieEntry entry = conflict.unconflicted(slot, graph);
        return entry == null ? RoomAuthGraph.NONE : graph.number(entry);
    }
}
