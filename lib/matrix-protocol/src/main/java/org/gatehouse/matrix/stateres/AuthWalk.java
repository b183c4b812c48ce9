package org.gatehouse.matrix.stateres;

import java.util.Arrays;
import java.util.BitSet;

/** Some events and everything in their auth chains, in an order in which each event follows those that it cites. */
final class AuthWalk {
    private final InternedEvents events;
    private final int[] citedFirst;

    private AuthWalk(InternedEvents events, int[] citedFirst) {
        this.events = events;
        this.citedFirst = citedFirst;
    }

    static AuthWalk from(BitSet starts, InternedEvents events) {
        return new DepthFirst(events).walk(starts);
    }

    /** Each event after the events that it cites. */
    int[] citedFirst() {
        return citedFirst;
    }

    /** The chains of these events: what is reached from them, over whatever edges. */
    BitSet chainsOf(BitSet starts) {
        BitSet chains = new BitSet();
        for (int i = citedFirst.length - 1; i >= 0; i--) {
            int event = citedFirst[i];
            if (starts.get(event) || chains.get(event)) {
                for (int cited : events.authEvents(event)) {
                    chains.set(cited);
                }
            }
        }
        return chains;
    }

    /** The events of the walk whose chains hold one of these. */
    BitSet leadingTo(BitSet goals) {
        BitSet leading = new BitSet();
        for (int event : citedFirst) {
            for (int cited : events.authEvents(event)) {
                if (goals.get(cited) || leading.get(cited)) {
                    leading.set(event);
                    break;
                }
            }
        }
        return leading;
    }

    /** A depth-first walk with its own stack: a chain may be long. */
    private static final class DepthFirst {
        private final InternedEvents events;
        private final BitSet seen = new BitSet();
        private int[] order = new int[64];
        private int done;
        private int[] path = new int[64];
        private int[] nextEdge = new int[64];
        private int length;

        DepthFirst(InternedEvents events) {
            this.events = events;
        }

        AuthWalk walk(BitSet starts) {
            starts.stream().forEach(start -> {
                enter(start);
                while (length > 0) {
                    step();
                }
            });
            return new AuthWalk(events, Arrays.copyOf(order, done));
        }

        private void enter(int event) {
            if (seen.get(event)) {
                return;
            }
            seen.set(event);
            if (length == path.length) {
                path = Arrays.copyOf(path, 2 * length);
                nextEdge = Arrays.copyOf(nextEdge, 2 * length);
            }
            path[length] = event;
            nextEdge[length] = 0;
            length++;
        }

        private void step() {
            int event = path[length - 1];
            int[] cited = events.authEvents(event);
            int edge = nextEdge[length - 1]++;
            if (edge < cited.length) {
                enter(cited[edge]);
                return;
            }
            length--;
            if (done == order.length) {
                order = Arrays.copyOf(order, 2 * done);
            }
            order[done++] = event;
        }
    }
}
