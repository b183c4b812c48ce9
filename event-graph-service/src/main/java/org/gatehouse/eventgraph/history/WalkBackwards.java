package org.gatehouse.eventgraph.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.gatehouse.eventgraph.connect.Events;
import org.gatehouse.eventgraph.verdict.Verdicts;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * The two walks of the federation API over a room's graph. Rejected events, and events that the judge has not come to,
 * are walked through and not given; soft-failed ones are given where a later event of the walk cites them.
 */
final class WalkBackwards {

    static final int MOST_BACKFILLED = 100;
    static final int MOST_MISSING = 20;
    private static final int LOOK_UPS = 256;

    private final Events events;
    private final Verdicts verdicts;

    WalkBackwards(Events events, Verdicts verdicts) {
        this.events = events;
        this.verdicts = verdicts;
    }

    /** Backfill: the given events and what came before them, newest first. */
    List<FoundEvent> backfill(RoomId roomId, Collection<Long> from, int limit) {
        int most = Math.min(limit, MOST_BACKFILLED);
        RoomWindow room = new RoomWindow(events, verdicts, roomId, LOOK_UPS);
        PriorityQueue<Long> next = new PriorityQueue<>(Comparator.reverseOrder());
        Set<Long> seen = new HashSet<>(from);
        Set<Long> cited = new HashSet<>();
        next.addAll(seen);
        List<FoundEvent> given = new ArrayList<>();
        for (int visited = 0; !next.isEmpty() && given.size() < most && visited < most + LOOK_UPS; visited++) {
            Optional<FoundEvent> event = room.at(next.remove());
            if (event.isEmpty()) {
                continue;
            }
            if (isGiven(event.get(), cited)) {
                given.add(event.get());
            }
            cited.addAll(event.get().parents());
            event.get().parents().stream().filter(seen::add).forEach(next::add);
        }
        return given;
    }

    /**
     * get_missing_events: breadth first from the latest events to the earliest ones, both excluded; oldest first.
     *
     * @param minDepth events of less depth are not given, nor walked through
     */
    List<FoundEvent> missing(RoomId roomId, Collection<Long> latest, Set<EventId> earliest, int limit, long minDepth) {
        int most = Math.min(limit, MOST_MISSING);
        RoomWindow room = new RoomWindow(events, verdicts, roomId, LOOK_UPS);
        Deque<Long> next = new ArrayDeque<>(latest);
        Set<Long> seen = new HashSet<>(latest);
        List<FoundEvent> given = new ArrayList<>();
        for (int lookUps = 0; !next.isEmpty() && given.size() < most && lookUps < LOOK_UPS; lookUps++) {
            long ordinal = next.remove();
            Optional<FoundEvent> event = room.at(ordinal);
            if (event.isEmpty() || earliest.contains(event.get().eventId())) {
                continue;
            }
            if (!latest.contains(ordinal)) {
                if (event.get().depth() < minDepth) {
                    continue;
                }
                if (isGiven(event.get(), seen)) {
                    given.add(event.get());
                }
            }
            event.get().parents().stream().filter(seen::add).forEach(next::add);
        }
        given.sort(Comparator.comparingLong(FoundEvent::place));
        return given;
    }

    private static boolean isGiven(FoundEvent event, Set<Long> cited) {
        return event.isAccepted() || event.isSoftFailed() && cited.contains(event.place());
    }
}
