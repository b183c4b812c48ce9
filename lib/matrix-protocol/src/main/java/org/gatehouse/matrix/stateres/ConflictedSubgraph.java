package org.gatehouse.matrix.stateres;

import java.util.BitSet;

/**
 * The "conflicted state subgraph" of version 2.1: the events on the paths along auth events between any two events of
 * the conflicted state set, ends included. What conflicted events lead to, by a sweep down that ends at the oldest of
 * them; and of that what leads to conflicted events, by a sweep back up.
 */
final class ConflictedSubgraph {
    private ConflictedSubgraph() {}

    /** The numbers of the events. */
    static BitSet of(ConflictedState conflict, AuthEdges edges) {
        int[] ends = conflict.events();
        BitSet conflicted = new BitSet();
        for (int event : ends) {
            conflicted.set(event);
        }
        BitSet below = below(conflicted, ends[0], ends[ends.length - 1], edges);
        BitSet walked = (BitSet) below.clone();
        walked.or(conflicted);
        BitSet above = new BitSet();
        BitSet subgraph = new BitSet();
        for (int event = ends[0]; event >= 0; event = walked.nextSetBit(event + 1)) {
            if (leadsTo(event, conflicted, above, edges)) {
                above.set(event);
            }
            boolean isBelow = below.get(event);
            boolean isAbove = above.get(event);
            if (conflicted.get(event) ? isBelow || isAbove : isBelow && isAbove) {
                subgraph.set(event);
            }
        }
        return subgraph;
    }

    /** What these events lead to, down to the oldest of them. */
    private static BitSet below(BitSet conflicted, int oldest, int newest, AuthEdges edges) {
        BitSet below = new BitSet();
        BitSet pending = (BitSet) conflicted.clone();
        for (int event = newest; event > oldest; event = pending.previousSetBit(event - 1)) {
            for (int edge = edges.firstEdge(event); edge < edges.endOfEdges(event); edge++) {
                int cited = edges.cited(edge);
                if (cited >= oldest) {
                    below.set(cited);
                    pending.set(cited);
                }
            }
        }
        return below;
    }

    private static boolean leadsTo(int event, BitSet conflicted, BitSet above, AuthEdges edges) {
        for (int edge = edges.firstEdge(event); edge < edges.endOfEdges(event); edge++) {
            int cited = edges.cited(edge);
            if (conflicted.get(cited) || above.get(cited)) {
                return true;
            }
        }
        return false;
    }
}
