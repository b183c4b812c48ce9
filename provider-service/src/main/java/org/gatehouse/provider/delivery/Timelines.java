package org.gatehouse.provider.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** The accepted events of the rooms of hosted users, in order. */
public interface Timelines {

    /**
     * Stores entries, of each room in order, and then the heads after them.
     *
     * @param heads of every room of which there is an entry
     */
    void append(List<TimelineEntry> entries, Map<RoomId, TimelineHead> heads);

    /** The heads of those of the rooms that have a timeline. */
    Map<RoomId, TimelineHead> heads(Set<RoomId> roomIds);

    default Optional<TimelineHead> head(RoomId roomId) {
        return Optional.ofNullable(heads(Set.of(roomId)).get(roomId));
    }

    /** Entries with smaller ordinals, the newest first. */
    List<TimelineEntry> before(RoomId roomId, long ordinal, int limit);

    /** Entries with greater ordinals, the oldest first. */
    List<TimelineEntry> after(RoomId roomId, long ordinal, int limit);

    Optional<TimelineEntry> find(EventId eventId);
}
