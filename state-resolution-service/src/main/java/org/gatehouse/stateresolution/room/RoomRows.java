package org.gatehouse.stateresolution.room;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/**
 * The rooms as they are stored. Calls block. A row whose cause is later than the room's head is the remains of a batch
 * that was not finished; whoever reads such a row leaves it aside.
 */
public interface RoomRows {

    Optional<RoomHead> head(RoomId roomId);

    Optional<JudgedRow> judged(RoomId roomId, long ordinal);

    /** Where an event of whatever room was judged. */
    Optional<PlaceRow> place(EventId eventId);

    /** Those of the events that are stored for this room. */
    Map<EventId, AuthRow> authEvents(RoomId roomId, Collection<EventId> eventIds);

    /** The version and those shortly before it, as many as are cheap to read at once. */
    List<VersionRow> versions(RoomId roomId, long upTo);

    /** The chunks of a version's snapshot, in order; fewer than asked for if some are gone. */
    List<SnapshotRow> snapshot(RoomId roomId, long version, int chunks);

    Optional<OutOfBandRow> outOfBand(RoomId roomId, UserId userId, long loggedAt);

    /** Stores rows, then the head. Writing the same again changes nothing. */
    void write(RoomId roomId, RoomWrites writes);
}
