package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.gatehouse.matrix.event.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * The slots in which some states differ, and the events in them. A slot that one state lacks is among them. Conflicts
 * and events have small numbers of their own, the events in the order of the graph's.
 */
final class ConflictedState {
    private static final int NONE = RoomAuthGraph.NONE;

    private final List<StateMap> states;
    private final IntTable conflictOfSlot;
    private final IntList slots = new IntList(16);
    /** For each state, the graph's number of the event in each conflict, or NONE. */
    private final int[][] eventIn;

    private final int[] events;
    private final IntTable indexOf;
    private final TrieEntry[] entries;

    private ConflictedState(List<StateMap> states, RoomAuthGraph graph) {
        this.states = states;
        this.conflictOfSlot = new IntTable(graph.slots());
        this.eventIn = new int[states.size()][];
        List<TrieEntry> found = new ArrayList<>();
        IntList foundEvents = new IntList(64);
        IntList firsts = new IntList(64);
        IntList[] conflicts = new IntList[states.size()];
        IntList[] others = new IntList[states.size()];
        for (int i = 1; i < states.size(); i++) {
            IntList conflictsOfState = new IntList(16);
            IntList eventsOfState = new IntList(16);
            states.get(0).visitDifference(states.get(i), (first, other) -> {
                int before = numberOf(first, graph, found, foundEvents);
                int after = numberOf(other, graph, found, foundEvents);
                int slot = slotOf(first != null ? first : other, before != NONE ? before : after, graph);
                int conflict = conflictOfSlot.putIfAbsent(slot, slots.size());
                if (conflict == slots.size()) {
                    slots.add(slot);
                    firsts.add(before);
                }
                conflictsOfState.add(conflict);
                eventsOfState.add(after);
            });
            conflicts[i] = conflictsOfState;
            others[i] = eventsOfState;
        }
        eventIn[0] = firsts.toArray();
        for (int i = 1; i < states.size(); i++) {
            eventIn[i] = eventIn[0].clone();
            for (int j = 0; j < conflicts[i].size(); j++) {
                eventIn[i][conflicts[i].get(j)] = others[i].get(j);
            }
        }
        BitSet all = new BitSet();
        for (int i = 0; i < foundEvents.size(); i++) {
            all.set(foundEvents.get(i));
        }
        this.events = all.stream().toArray();
        this.indexOf = new IntTable(newestEvent());
        for (int i = 0; i < events.length; i++) {
            indexOf.put(events[i], i);
        }
        this.entries = new TrieEntry[events.length];
        for (int i = 0; i < foundEvents.size(); i++) {
            entries[indexOf.get(foundEvents.get(i))] = found.get(i);
        }
    }

    /**
     * Costs what the states differ in.
     *
     * @param states at least two, different from each other
     */
    static ConflictedState of(List<StateMap> states, RoomAuthGraph graph) {
        return new ConflictedState(states, graph);
    }

    /** The event's own slot, unless somebody put it elsewhere. */
    private static int slotOf(@Nullable TrieEntry entry, int event, RoomAuthGraph graph) {
        StateKey key = Objects.requireNonNull(entry).key();
        int own = graph.slotOf(event);
        return own != NONE && (graph.slot(own) == key || graph.slot(own).equals(key)) ? own : graph.slotNumber(key);
    }

    private static int numberOf(
            @Nullable TrieEntry entry, RoomAuthGraph graph, List<TrieEntry> found, IntList foundEvents) {
        if (entry == null) {
            return NONE;
        }
        int number = graph.number(entry);
        found.add(entry);
        foundEvents.add(number);
        return number;
    }

    List<StateMap> states() {
        return states;
    }

    /** How many slots are in conflict. */
    int size() {
        return slots.size();
    }

    /** The slot of a conflict. */
    int slot(int conflict) {
        return slots.get(conflict);
    }

    boolean isConflicted(int slot) {
        return conflictOfSlot.get(slot) != IntTable.NONE;
    }

    /** What a state has in a conflict: the graph's number of the event, or {@link RoomAuthGraph#NONE}. */
    int eventIn(int state, int conflict) {
        return eventIn[state][conflict];
    }

    /** The events of the conflicted state set, by their numbers in the graph, in order. */
    int[] events() {
        return events;
    }

    /** The one with the greatest number. */
    int newestEvent() {
        return events[events.length - 1];
    }

    /** The entry of a conflicted event in the tries; null for any other event. */
    @Nullable
    TrieEntry entryOf(int event) {
        int index = indexOf.get(event);
        return index == IntTable.NONE ? null : entries[index];
    }

    /** What all states have in a slot; null if they have nothing, or do not agree. */
    @Nullable
    TrieEntry unconflicted(int slot, RoomAuthGraph graph) {
        return isConflicted(slot) ? null : graph.entry(states.get(0), slot);
    }

    /** For each conflicted event a bit for each state, from the given one on, that has it. */
    long[] membership(int firstState, int count) {
        long[] membership = new long[events.length];
        for (int i = 0; i < count; i++) {
            for (int event : eventIn[firstState + i]) {
                if (event != NONE) {
                    membership[indexOf.get(event)] |= 1L << i;
                }
            }
        }
        return membership;
    }

    /** What all states agree on; costs what they do not agree on. */
    StateMap unconflictedState(RoomAuthGraph graph) {
        StateMap state = states.get(0);
        for (int conflict = 0; conflict < size(); conflict++) {
            int slot = slot(conflict);
            state = state.without(graph.trieHash(slot), graph.slot(slot));
        }
        return state;
    }

    /** The state that has the most of these events, one for each conflict. */
    int nearest(int[] resolved) {
        int nearest = 0;
        int fewest = Integer.MAX_VALUE;
        for (int state = 0; state < states.size(); state++) {
            int different = different(resolved, eventIn[state]);
            if (different < fewest) {
                nearest = state;
                fewest = different;
            }
        }
        return nearest;
    }

    private static int different(int[] a, int[] b) {
        int different = 0;
        for (int i = 0; i < a.length; i++) {
            different += a[i] == b[i] ? 0 : 1;
        }
        return different;
    }
}
