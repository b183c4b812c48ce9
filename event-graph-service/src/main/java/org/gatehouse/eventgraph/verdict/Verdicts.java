package org.gatehouse.eventgraph.verdict;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.identifier.RoomId;

/** The verdicts of connected events, by room and ordinal. */
public interface Verdicts {

    /** Stores verdicts of one room; the same one twice is stored once. */
    void store(RoomId roomId, List<JudgedEvent> events);

    /** The verdicts of the events with these ordinals, by ordinal. */
    Map<Long, JudgedEvent> find(RoomId roomId, Collection<Long> ordinals);

    /** The verdicts of the events with ordinals from first to last, both included, by ordinal. */
    Map<Long, JudgedEvent> between(RoomId roomId, long first, long last);
}
