package org.gatehouse.matrix.stateres;

import java.util.BitSet;

/**
 * What is in every state's auth chain because all states agree on an event that leads to it. Looked at from below: from
 * an event to those that cite it, the newest first, until one is in all states. Each event is visited once; most
 * questions end after a few.
 */
final class CommonChains {
    private static final int NONE = RoomAuthGraph.NONE;

    private final ConflictedState conflict;
    private final RoomAuthGraph graph;
    private final AuthEdges edges;
    private final BitSet common = new BitSet();
    private final BitSet visited = new BitSet();
    /** The event asked about, one that cites it, one that cites that, and so on; and the edge each is to be left by. */
    private final IntList path = new IntList(16);

    private final IntList nextEdge = new IntList(16);

    CommonChains(ConflictedState conflict, RoomAuthGraph graph) {
        this.conflict = conflict;
        this.graph = graph;
        this.edges = graph.edges();
    }

    /** Whether the event is in all states, or in the auth chain of an event that is. */
    boolean hold(int event) {
        if (!visited.get(event)) {
            enter(event);
            while (!path.isEmpty()) {
                step();
            }
        }
        return common.get(event);
    }

    private void enter(int event) {
        visited.set(event);
        path.add(event);
        nextEdge.add(edges.newestCitingEdge(event));
        if (isInAllStates(event)) {
            found();
        }
    }

    private void step() {
        int top = path.size() - 1;
        int edge = nextEdge.get(top);
        if (edge == NONE) {
            path.removeLast();
            nextEdge.removeLast();
            return;
        }
        nextEdge.set(top, edges.olderCitingEdge(edge));
        int citing = edges.citing(edge);
        if (common.get(citing)) {
            found();
        } else if (!visited.get(citing)) {
            enter(citing);
        }
    }

    /** Everything on the path is in the chain of its end. */
    private void found() {
        while (!path.isEmpty()) {
            common.set(path.removeLast());
            nextEdge.removeLast();
        }
    }

    private boolean isInAllStates(int event) {
        int slot = graph.slotOf(event);
        if (slot == NONE) {
            return false;
        }
        TrieEntry entry = conflict.unconflicted(slot, graph);
        return entry != null && entry.eventId().equals(graph.id(event));
    }
}
