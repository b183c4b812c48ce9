package org.gatehouse.matrix.stateres;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The "full conflicted set", its events numbered anew from 0 in the order of the graph, and the edges between them. A
 * number is greater than those of the events that it cites.
 */
final class FullConflictedSet {
    private final int[] events;
    private final int[] edgeStart;
    private final int[] edges;

    private FullConflictedSet(int[] events, int[] edgeStart, int[] edges) {
        this.events = events;
        this.edgeStart = edgeStart;
        this.edges = edges;
    }

    /** @param set the events by their numbers in the graph, at least one */
    static FullConflictedSet of(BitSet set, AuthEdges graph) {
        int[] events = set.stream().toArray();
        IntTable indexOf = new IntTable(events[events.length - 1]);
        int[] edgeStart = new int[events.length + 1];
        IntList edges = new IntList(2 * events.length);
        for (int i = 0; i < events.length; i++) {
            indexOf.put(events[i], i);
            for (int edge = graph.firstEdge(events[i]); edge < graph.endOfEdges(events[i]); edge++) {
                int cited = graph.cited(edge);
                if (set.get(cited)) {
                    edges.add(indexOf.get(cited));
                }
            }
            edgeStart[i + 1] = edges.size();
        }
        return new FullConflictedSet(events, edgeStart, edges.toArray());
    }

    int size() {
        return events.length;
    }

    /** The event's number in the graph. */
    int event(int index) {
        return events[index];
    }

    /** The numbers in the graph, of these or of all. */
    int[] events(int[] indices) {
        int[] numbers = new int[indices.length];
        Arrays.setAll(numbers, i -> events[indices[i]]);
        return numbers;
    }

    int firstEdge(int index) {
        return edgeStart[index];
    }

    int endOfEdges(int index) {
        return edgeStart[index + 1];
    }

    /** The event of the set that an edge leads to. */
    int cited(int edge) {
        return edges[edge];
    }

    /**
     * The power events, and what of their auth chains is in the set and reached without leaving it: as the servers do,
     * not as the text says; docs/adr/0008 has an example.
     */
    BitSet powerEvents(RoomAuthGraph graph) {
        BitSet power = new BitSet(events.length);
        for (int i = events.length - 1; i >= 0; i--) {
            if (power.get(i) || graph.isPowerEvent(events[i])) {
                power.set(i);
                for (int edge = edgeStart[i]; edge < edgeStart[i + 1]; edge++) {
                    power.set(edges[edge]);
                }
            }
        }
        return power;
    }
}
