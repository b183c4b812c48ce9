package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.gatehouse.matrix.authrule.AuthVerdict;

/**
 * The "iterative auth checks": one event after the other is put into the state if the rules allow it there. Where the
 * state lacks what the rules ask for, the event's own auth event stands in, unless it was rejected.
 */
final class IterativeAuth {
    private final RoomAuthGraph graph;
    private final ResolvingState state;
    private final boolean isExplained;
    private final BitSet appliedSlots = new BitSet();
    private final List<AppliedEvent> verdicts = new ArrayList<>();

    /** @param isExplained whether to keep the verdicts */
    IterativeAuth(RoomAuthGraph graph, ResolvingState.Start start, boolean isExplained) {
        this.graph = graph;
        this.state = new ResolvingState(graph, start, true);
        this.isExplained = isExplained;
    }

    /** @param ordered numbers of the graph; what is no state event is passed over */
    void apply(int[] ordered) {
        for (int event : ordered) {
            int slot = graph.slotOf(event);
            if (slot != RoomAuthGraph.NONE) {
                apply(event, slot);
            }
        }
    }

    /** The power levels event of the state so far, or {@link RoomAuthGraph#NONE}. */
    int powerLevels() {
        return state.powerLevelsEvent();
    }

    /** The slots into which an event was put. */
    BitSet appliedSlots() {
        return appliedSlots;
    }

    /** The event that was put into a slot last, or {@link RoomAuthGraph#NONE}. */
    int appliedIn(int slot) {
        return appliedSlots.get(slot) ? state.eventIn(slot) : RoomAuthGraph.NONE;
    }

    List<AppliedEvent> verdicts() {
        return verdicts;
    }

    private void apply(int event, int slot) {
        AuthVerdict verdict = verdict(event);
        if (isExplained) {
            verdicts.add(new AppliedEvent(graph.id(event), graph.slot(slot), verdict));
        }
        if (verdict.isAllowed()) {
            state.put(slot, event);
            appliedSlots.set(slot);
        }
    }

    /**
     * An event that was rejected because of the state before it takes part like any other; one that its own auth events
     * do not allow never does, whatever state set it has come with.
     */
    private AuthVerdict verdict(int event) {
        if (graph.isRejected(event)) {
            AuthVerdict byAuthEvents = state.checkAgainstAuthEvents(event);
            if (!byAuthEvents.isAllowed()) {
                return byAuthEvents;
            }
        }
        return state.check(event);
    }
}
