package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.PriorityQueue;
import org.gatehouse.matrix.authrule.PowerLevels;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * The "reverse topological power ordering": the lexicographically smallest order in which each event follows those of
 * its auth events that are in the set, where greater power of the sender comes first, then the earlier, then the smaller
 * event ID.
 */
final class PowerOrdering {
    private final RoomVersion version;
    private final InternedEvents events;
    private final BitSet set;
    private final long[] senderLevels;

    private PowerOrdering(RoomVersion version, InternedEvents events, BitSet set) {
        this.version = version;
        this.events = events;
        this.set = set;
        this.senderLevels = new long[events.size()];
    }

    static int[] sort(BitSet set, RoomVersion version, InternedEvents events) {
        return new PowerOrdering(version, events, set).kahn();
    }

    private int[] kahn() {
        int[] waitingFor = new int[events.size()];
        List<List<Integer>> citedBy = new ArrayList<>();
        for (int event = 0; event < waitingFor.length; event++) {
            citedBy.add(List.of());
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>(this::compare);
        set.stream().forEach(event -> {
            senderLevels[event] = senderLevel(event);
            citedBy.set(event, new ArrayList<>());
        });
        set.stream().forEach(event -> {
            for (int cited : events.authEvents(event)) {
                if (set.get(cited)) {
                    waitingFor[event]++;
                    citedBy.get(cited).add(event);
                }
            }
            if (waitingFor[event] == 0) {
                ready.add(event);
            }
        });
        int[] sorted = new int[set.cardinality()];
        int done = 0;
        while (!ready.isEmpty()) {
            int event = ready.remove();
            sorted[done++] = event;
            for (int citing : citedBy.get(event)) {
                if (--waitingFor[citing] == 0) {
                    ready.add(citing);
                }
            }
        }
        return sorted;
    }

    private int compare(int x, int y) {
        int byPower = Long.compare(senderLevels[y], senderLevels[x]);
        return byPower != 0 ? byPower : events.compareAge(x, y);
    }

    /** The sender's level by the event's own auth events. */
    private long senderLevel(int event) {
        List<Pdu> authEvents = new ArrayList<>();
        for (int authEvent : events.authEvents(event)) {
            authEvents.add(events.event(authEvent));
        }
        return PowerLevels.ofAuthEvents(version, authEvents)
                .userLevel(events.event(event).sender());
    }
}
