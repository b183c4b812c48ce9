package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.gatehouse.matrix.authrule.PowerLevels;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * The "reverse topological power ordering": the lexicographically smallest order in which each event follows those of
 * its auth events that are in the set, where greater power of the sender comes first, then the earlier, then the smaller
 * event ID. The events are ranked first, so that Kahn's algorithm compares ranks only.
 */
final class PowerOrdering {
    private final RoomVersion version;
    private final RoomAuthGraph graph;
    private final FullConflictedSet set;
    private final BitSet chosen;

    private PowerOrdering(RoomVersion version, RoomAuthGraph graph, FullConflictedSet set, BitSet chosen) {
        this.version = version;
        this.graph = graph;
        this.set = set;
        this.chosen = chosen;
    }

    /** Orders the chosen events of the set. */
    static int[] sort(RoomVersion version, RoomAuthGraph graph, FullConflictedSet set, BitSet chosen) {
        return new PowerOrdering(version, graph, set, chosen).kahn();
    }

    private int[] kahn() {
        int[] byRank = ranked();
        int[] rankOf = new int[set.size()];
        for (int rank = 0; rank < byRank.length; rank++) {
            rankOf[byRank[rank]] = rank;
        }
        Citing citing = Citing.of(set, chosen);
        int[] waitingFor = citing.waitingFor;
        IntHeap ready = new IntHeap(byRank.length);
        for (int event : byRank) {
            if (waitingFor[event] == 0) {
                ready.add(rankOf[event]);
            }
        }
        int[] sorted = new int[byRank.length];
        for (int done = 0; done < sorted.length; done++) {
            int event = byRank[ready.removeLeast()];
            sorted[done] = event;
            for (int i = citing.start[event]; i < citing.start[event + 1]; i++) {
                int next = citing.events[i];
                if (--waitingFor[next] == 0) {
                    ready.add(rankOf[next]);
                }
            }
        }
        return sorted;
    }

    /** As they would come if none cited another. */
    private int[] ranked() {
        int[] events = chosen.stream().toArray();
        long[] levels = new long[set.size()];
        SenderLevels senderLevels = new SenderLevels(version, graph);
        for (int event : events) {
            levels[event] = senderLevels.of(set.event(event));
        }
        IntOrder order =
                (x, y) -> levels[x] != levels[y] ? levels[x] > levels[y] : graph.isOlder(set.event(x), set.event(y));
        order.sort(events);
        return events;
    }

    /** For each chosen event, how many chosen ones it cites, and which cite it. */
    private static final class Citing {
        private final int[] waitingFor;
        private final int[] start;
        private final int[] events;

        private Citing(int[] waitingFor, int[] start, int[] events) {
            this.waitingFor = waitingFor;
            this.start = start;
            this.events = events;
        }

        static Citing of(FullConflictedSet set, BitSet chosen) {
            int[] waitingFor = new int[set.size()];
            int[] start = new int[set.size() + 1];
            for (int event = chosen.nextSetBit(0); event >= 0; event = chosen.nextSetBit(event + 1)) {
                for (int edge = set.firstEdge(event); edge < set.endOfEdges(event); edge++) {
                    if (chosen.get(set.cited(edge))) {
                        waitingFor[event]++;
                        start[set.cited(edge) + 1]++;
                    }
                }
            }
            for (int event = 0; event < set.size(); event++) {
                start[event + 1] += start[event];
            }
            int[] next = start.clone();
            int[] events = new int[start[set.size()]];
            for (int event = chosen.nextSetBit(0); event >= 0; event = chosen.nextSetBit(event + 1)) {
                for (int edge = set.firstEdge(event); edge < set.endOfEdges(event); edge++) {
                    if (chosen.get(set.cited(edge))) {
                        events[next[set.cited(edge)]++] = event;
                    }
                }
            }
            return new Citing(waitingFor, start, events);
        }
    }

    /** The level of an event's sender by the event's own auth events. */
    private static final class SenderLevels {
        private final RoomVersion version;
        private final RoomAuthGraph graph;
        private int lastCreate = RoomAuthGraph.NONE;
        private int lastPowerLevels = RoomAuthGraph.NONE;
        private PowerLevels last;

        SenderLevels(RoomVersion version, RoomAuthGraph graph) {
            this.version = version;
            this.graph = graph;
            this.last = PowerLevels.ofAuthEvents(version, List.of());
        }

        long of(int event) {
            int create = graph.createOf(event);
            int powerLevels = graph.powerLevelsOf(event);
            if (create != lastCreate || powerLevels != lastPowerLevels) {
                List<EventFacts> authEvents = new ArrayList<>(2);
                for (int authEvent : new int[] {create, powerLevels}) {
                    if (authEvent != RoomAuthGraph.NONE) {
                        authEvents.add(graph.facts(authEvent));
                    }
                }
                last = PowerLevels.ofAuthEvents(version, authEvents);
                lastCreate = create;
                lastPowerLevels = powerLevels;
            }
            return last.userLevel(graph.senderOf(event));
        }
    }
}
