package org.gatehouse.matrix.stateres;

import java.util.BitSet;

/**
 * The "auth difference": what is in the full auth chain of some state and not in that of every state, where a state's
 * own events count as part of its chain.
 *
 * <p>A sweep from the newest conflicted event down, which carries for each event the states that reach it and ends when
 * nothing is left that only some reach. So it costs what differs, not the length of the chains.
 */
final class AuthDifference {
    private static final int SETS_AT_ONCE = Long.SIZE;

    private final ConflictedState conflict;
    private final AuthEdges edges;
    private final CommonChains commonChains;
    private final BitSet difference = new BitSet();

    private AuthDifference(ConflictedState conflict, RoomAuthGraph graph) {
        this.conflict = conflict;
        this.edges = graph.edges();
        this.commonChains = new CommonChains(conflict, graph);
    }

    /** The numbers of the events. */
    static BitSet of(ConflictedState conflict, RoomAuthGraph graph) {
        AuthDifference algebra = new AuthDifference(conflict, graph);
        int sets = conflict.states().size();
        for (int from = 0; from < sets; from += SETS_AT_ONCE) {
            algebra.sweep(from, Math.min(SETS_AT_ONCE, sets - from));
        }
        return algebra.difference;
    }

    /** Adds what not all of these states reach. Conflicted events that none of them has are looked at all the same. */
    private void sweep(int firstSet, int count) {
        new Sweep(-1L >>> (SETS_AT_ONCE - count), conflict.membership(firstSet, count)).run();
    }

    private final class Sweep {
        private final long all;
        private final BitSet pending = new BitSet();
        private final IntTable indexOf;
        private final LongList reachedBy;
        /** How many pending events are reached by some, but not all. */
        private int undecided;

        Sweep(long all, long[] membership) {
            this.all = all;
            this.indexOf = new IntTable(conflict.newestEvent());
            this.reachedBy = new LongList(2 * membership.length);
            for (int i = 0; i < membership.length; i++) {
                reach(conflict.events()[i], membership[i]);
            }
        }

        void run() {
            int event = conflict.newestEvent();
            while (undecided > 0) {
                long by = decide(event);
                for (int edge = edges.firstEdge(event); edge < edges.endOfEdges(event); edge++) {
                    reach(edges.cited(edge), by);
                }
                event = pending.previousSetBit(event - 1);
            }
        }

        private long decide(int event) {
            long by = reachedBy.get(indexOf.get(event));
            if (by == all) {
                return all;
            }
            undecided--;
            if (commonChains.hold(event)) {
                return all;
            }
            difference.set(event);
            return by;
        }

        private void reach(int event, long by) {
            int index = indexOf.putIfAbsent(event, reachedBy.size());
            if (index == reachedBy.size()) {
                pending.set(event);
                reachedBy.add(by);
                undecided += by == all ? 0 : 1;
                return;
            }
            long before = reachedBy.get(index);
            long after = before | by;
            reachedBy.set(index, after);
            if (before != all && after == all) {
                undecided--;
            }
        }
    }
}
