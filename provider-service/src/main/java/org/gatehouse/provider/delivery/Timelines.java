package org.gatehouse.provider.delivery;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** The accepted events of the rooms of hosted users, in order. */
public interface Timelines {

    /** Stores an entry, and the head after it. */
    void append(TimelineEntry entry, TimelineHead head);

    Optional<TimelineHead> head(RoomId roomId);

    /** Entries with smaller ordinals, the newest first. */
    List<TimelineEntry> before(RoomId roomId, long ordinal, int limit);

    /** Entries with greater ordinals, the oldest first. */
    List<TimelineEntry> after(RoomId roomId, long ordinal, int limit);

    Optional<TimelineEntry> find(EventId eventId);
}
