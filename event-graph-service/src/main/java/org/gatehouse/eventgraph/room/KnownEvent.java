package org.gatehouse.eventgraph.room;

import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * What the index says of an event. Each part is written once and never changed.
 *
 * @param place its place in the graph, if it is connected
 * @param outlierCause the record that brought it as an outlier, if one did
 */
public record KnownEvent(EventId eventId, RoomId roomId, Optional<Place> place, Optional<HeadStamp> outlierCause) {

    /** @param cause the record by which it was connected */
    public record Place(long ordinal, HeadStamp cause) {}
}
