package org.gatehouse.eventgraph.history;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.eventgraph.connect.Events;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.eventgraph.verdict.JudgedEvent;
import org.gatehouse.eventgraph.verdict.Verdicts;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * A room's connected events by ordinal, for one walk backwards: rows are read some at a time, because parents have
 * ordinals shortly before their children's.
 */
final class RoomWindow {

    private static final int SLICE = 32;

    private final Events events;
    private final Verdicts verdicts;
    private final RoomId roomId;
    private final Map<Long, FoundEvent> read = new HashMap<>();
    private int slicesLeft;

    /** @param mostSlices how many reads the walk may cost */
    RoomWindow(Events events, Verdicts verdicts, RoomId roomId, int mostSlices) {
        this.events = events;
        this.verdicts = verdicts;
        this.roomId = roomId;
        this.slicesLeft = mostSlices;
    }

    /** Empty if there is no such event, or the walk has cost enough. */
    Optional<FoundEvent> at(long ordinal) {
        if (!read.containsKey(ordinal) && slicesLeft > 0) {
            slicesLeft--;
            long first = Math.max(1, ordinal - SLICE + 1);
            Map<Long, JudgedEvent> judged = verdicts.between(roomId, first, ordinal);
            for (PlacedEvent event : events.between(roomId, first, ordinal)) {
                long place = event.placement().ordinal();
                read.put(place, FoundEvent.of(event, Optional.ofNullable(judged.get(place))));
            }
        }
        return Optional.ofNullable(read.get(ordinal));
    }
}
