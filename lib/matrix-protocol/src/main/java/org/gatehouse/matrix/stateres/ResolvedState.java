package org.gatehouse.matrix.stateres;

/**
 * The outcome as a state: the one of the given states that is nearest to it, with what differs changed. Each conflict has
 * to be settled.
 */
final class ResolvedState {
    private static final int NONE = RoomAuthGraph.NONE;

    private final ConflictedState conflict;
    private final RoomAuthGraph graph;
    private final int[] eventIn;
    private final IntList otherSlots = new IntList(8);
    private final IntList otherEvents = new IntList(8);

    ResolvedState(ConflictedState conflict, RoomAuthGraph graph) {
        this.conflict = conflict;
        this.graph = graph;
        this.eventIn = new int[conflict.size()];
    }

    /** Settles a conflict; without an event the slot is empty. */
    void put(int index, int event) {
        eventIn[index] = event;
    }

    /** Fills a slot that is empty in all states. */
    void putElsewhere(int slot, int event) {
        otherSlots.add(slot);
        otherEvents.add(event);
    }

    StateMap state() {
        int nearest = conflict.nearest(eventIn);
        StateMap state = conflict.states().get(nearest);
        for (int i = 0; i < eventIn.length; i++) {
            if (eventIn[i] != conflict.eventIn(nearest, i)) {
                state = change(state, conflict.slot(i), eventIn[i]);
            }
        }
        for (int i = 0; i < otherSlots.size(); i++) {
            state = change(state, otherSlots.get(i), otherEvents.get(i));
        }
        return state;
    }

    private StateMap change(StateMap state, int slot, int event) {
        if (event == NONE) {
            return state.without(graph.trieHash(slot), graph.slot(slot));
        }
        TrieEntry entry = conflict.entryOf(event);
        if (entry != null && entry.key().equals(graph.slot(slot))) {
            return state.with(entry);
        }
        return state.with(new TrieEntry(graph.slot(slot), graph.trieHash(slot), graph.id(event)));
    }
}
