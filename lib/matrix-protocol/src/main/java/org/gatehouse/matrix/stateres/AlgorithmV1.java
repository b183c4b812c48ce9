package org.gatehouse.matrix.stateres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.identifier.EventId;

/**
 * One resolution by version 1: slot by slot, power levels first, then join rules, then members, by depth. A slot that
 * some states lack is in no conflict. The slots of one type are resolved against the state before all of them, so that
 * their order does not matter.
 */
final class AlgorithmV1 {
    private static final int NONE = RoomAuthGraph.NONE;

    private final RoomAuthGraph graph;
    private final ConflictedState differences;
    private final boolean isExplained;
    private final ResolvedState resolved;
    private final ResolvingState state;
    /** The events of each conflict, in the order in which the algorithm takes them; a conflict is one of two at least. */
    private final SortedMap<Integer, int[]> conflicts = new TreeMap<>();

    private final BitSet done = new BitSet();
    private final List<EventId> authOrder = new ArrayList<>();
    private final List<EventId> otherOrder = new ArrayList<>();
    private final List<AppliedEvent> verdicts = new ArrayList<>();

    private AlgorithmV1(List<StateMap> states, RoomAuthGraph graph, boolean isExplained) {
        this.graph = graph;
        this.isExplained = isExplained;
        this.differences = ConflictedState.of(states, graph);
        this.resolved = new ResolvedState(differences, graph);
        this.state = new ResolvingState(graph, this::unconflicted, false);
        for (int i = 0; i < differences.size(); i++) {
            int[] events = distinctEvents(i);
            if (events.length == 1) {
                settle(i, events[0]);
            } else {
                conflicts.put(i, events);
            }
        }
        resolveAuthConflicts(EventTypes.POWER_LEVELS::equals);
        resolveAuthConflicts(EventTypes.JOIN_RULES::equals);
        resolveAuthConflicts(EventTypes.MEMBER::equals);
        conflicts.forEach((conflict, events) -> {
            if (!done.get(conflict)) {
                resolved.put(conflict, newestAllowed(events));
            }
        });
    }

    /** @param states at least two, different from each other */
    static StateMap resolve(List<StateMap> states, RoomAuthGraph graph) {
        return new AlgorithmV1(states, graph, false).resolved.state();
    }

    /** As {@link #resolve}, with the way there. */
    static Resolution resolveExplained(List<StateMap> states, RoomAuthGraph graph) {
        AlgorithmV1 algorithm = new AlgorithmV1(states, graph, true);
        return new Resolution(
                algorithm.resolved.state(),
                algorithm.unconflictedState(),
                graph.sortedIds(algorithm.conflicts.values().stream()
                        .flatMapToInt(Arrays::stream)
                        .toArray()),
                List.of(),
                List.of(),
                algorithm.authOrder,
                List.of(),
                algorithm.otherOrder,
                List.of(),
                algorithm.verdicts);
    }

    private void resolveAuthConflicts(Predicate<String> type) {
        SortedMap<Integer, Integer> winners = new TreeMap<>();
        conflicts.forEach((conflict, events) -> {
            if (!done.get(conflict)
                    && type.test(graph.slot(differences.slot(conflict)).type())) {
                winners.put(conflict, lastAllowed(differences.slot(conflict), events));
            }
        });
        winners.forEach(this::settle);
    }

    /** The first is taken as it is, each other while the one before it allows it. */
    private int lastAllowed(int slot, int[] events) {
        int winner = NONE;
        for (int event : events) {
            note(authOrder, event);
            if (winner != NONE && !isAllowed(event)) {
                break;
            }
            winner = event;
            state.put(slot, event);
        }
        state.put(slot, NONE);
        return winner;
    }

    /** The newest that the state allows; where it allows none the oldest, as the servers do, since the text is silent. */
    private int newestAllowed(int[] events) {
        for (int i = events.length - 1; i >= 0; i--) {
            note(otherOrder, events[i]);
            if (isAllowed(events[i])) {
                return events[i];
            }
        }
        return events[0];
    }

    private boolean isAllowed(int event) {
        AuthVerdict verdict = state.check(event);
        if (isExplained) {
            verdicts.add(new AppliedEvent(graph.id(event), graph.slot(graph.slotOf(event)), verdict));
        }
        return verdict.isAllowed();
    }

    private void note(List<EventId> order, int event) {
        if (isExplained) {
            order.add(graph.id(event));
        }
    }

    private void settle(int conflict, int event) {
        done.set(conflict);
        resolved.put(conflict, event);
        state.put(differences.slot(conflict), event);
    }

    private int unconflicted(int slot) {
        TrieEntry entry = differences.unconflicted(slot, graph);
        return entry == null ? NONE : graph.number(entry.eventId());
    }

    /** By ascending depth, then descending SHA-1 of the event ID. */
    private int[] distinctEvents(int conflict) {
        BitSet events = new BitSet();
        for (int i = 0; i < differences.states().size(); i++) {
            int event = differences.eventIn(i, conflict);
            if (event != NONE) {
                events.set(event);
            }
        }
        int[] sorted = events.stream().toArray();
        SortedMap<Integer, byte[]> digests = new TreeMap<>();
        if (sorted.length > 1) {
            for (int event : sorted) {
                digests.put(event, sha1(graph.id(event)));
            }
        }
        IntOrder order = (x, y) -> {
            long ofX = graph.depthOf(x);
            long ofY = graph.depthOf(y);
            return ofX != ofY ? ofX < ofY : Arrays.compareUnsigned(digests.get(x), digests.get(y)) > 0;
        };
        order.sort(sorted);
        return sorted;
    }

    private StateMap unconflictedState() {
        StateMap union = resolved.state();
        for (int conflict : conflicts.keySet()) {
            int slot = differences.slot(conflict);
            union = union.without(graph.trieHash(slot), graph.slot(slot));
        }
        return union;
    }

    private static byte[] sha1(EventId id) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(id.value().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
