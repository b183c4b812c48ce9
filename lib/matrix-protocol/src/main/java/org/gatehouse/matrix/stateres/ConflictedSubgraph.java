package org.gatehouse.matrix.stateres;

import java.util.BitSet;

/**
 * The "conflicted state subgraph" of version 2.1: the events on the paths along auth events between any two events of
 * the conflicted state set, ends included.
 */
final class ConflictedSubgraph {
    private ConflictedSubgraph() {}

    /** What conflicted events lead to, and what leads to conflicted events: in both, or at an end. */
    static BitSet of(BitSet conflicted, AuthWalk chains) {
        BitSet below = chains.chainsOf(conflicted);
        BitSet above = chains.leadingTo(conflicted);
        BitSet inner = (BitSet) below.clone();
        inner.and(above);
        BitSet ends = (BitSet) below.clone();
        ends.or(above);
        ends.and(conflicted);
        inner.or(ends);
        return inner;
    }
}
