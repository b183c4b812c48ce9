package org.gatehouse.matrix.stateres;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.gatehouse.matrix.identifier.EventId;

/**
 * The "auth difference": the events that are in the full auth chain of some state, and not in that of every state.
 *
 * <p>The chains of unconflicted events are in every state's. So only events in chains of conflicted events can be in the
 * difference; and of those the ones that no unconflicted event leads to. Unconflicted events are looked at only while
 * candidates are left.
 */
final class AuthDifference {
    private static final int SETS_AT_ONCE = Long.SIZE;

    private final InternedEvents events;
    private final AuthWalk conflictedChains;
    private final BitSet difference = new BitSet();
    private final BitSet common = new BitSet();
    private final BitSet seen = new BitSet();

    private AuthDifference(InternedEvents events, AuthWalk conflictedChains) {
        this.events = events;
        this.conflictedChains = conflictedChains;
    }

    static BitSet of(List<int[]> conflictedBySet, StateMap unconflicted, InternedEvents events, AuthWalk chains) {
        AuthDifference algebra = new AuthDifference(events, chains);
        algebra.compareConflictedChains(conflictedBySet);
        algebra.removeChainsOf(unconflicted);
        return algebra.difference;
    }

    private void compareConflictedChains(List<int[]> conflictedBySet) {
        BitSet inSome = new BitSet();
        for (int event : conflictedChains.citedFirst()) {
            common.set(event);
        }
        for (int from = 0; from < conflictedBySet.size(); from += SETS_AT_ONCE) {
            int to = Math.min(conflictedBySet.size(), from + SETS_AT_ONCE);
            List<int[]> sets = conflictedBySet.subList(from, to);
            long[] chains = reach(sets);
            long all = -1L >>> (SETS_AT_ONCE - sets.size());
            for (int event : conflictedChains.citedFirst()) {
                if (chains[event] != 0) {
                    inSome.set(event);
                }
                if (chains[event] != all) {
                    common.clear(event);
                }
            }
        }
        difference.or(inSome);
        difference.andNot(common);
    }

    /** For each event a bit for each of these sets whose auth chain holds it. */
    private long[] reach(List<int[]> sets) {
        long[] states = new long[events.size()];
        long[] chains = new long[events.size()];
        for (int i = 0; i < sets.size(); i++) {
            for (int event : sets.get(i)) {
                states[event] |= 1L << i;
            }
        }
        int[] citedFirst = conflictedChains.citedFirst();
        for (int i = citedFirst.length - 1; i >= 0; i--) {
            int event = citedFirst[i];
            long reached = states[event] | chains[event];
            for (int cited : events.authEvents(event)) {
                chains[cited] |= reached;
            }
        }
        return chains;
    }

    private void removeChainsOf(StateMap unconflicted) {
        if (difference.isEmpty()) {
            return;
        }
        unconflicted.visitUntil(entry -> {
            removeChainOf(entry.eventId());
            return !difference.isEmpty();
        });
    }

    /** Leaves the event itself without a number: most cite nothing but what is common. */
    private void removeChainOf(EventId unconflictedEvent) {
        Deque<Integer> open = new ArrayDeque<>();
        for (EventId cited : events.citedBy(unconflictedEvent)) {
            remove(events.number(cited), open);
        }
        while (!open.isEmpty()) {
            for (int cited : events.authEvents(open.pop())) {
                remove(cited, open);
            }
        }
    }

    /** What is common to all conflicted chains has nothing but common events behind it. */
    private void remove(int event, Deque<Integer> open) {
        if (!seen.get(event) && !common.get(event)) {
            seen.set(event);
            difference.clear(event);
            open.push(event);
        }
    }
}
