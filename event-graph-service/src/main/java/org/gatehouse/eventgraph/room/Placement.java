package org.gatehouse.eventgraph.room;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.ConnectedRecord.Seed;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * The place of a connected event, and how it came there.
 *
 * @param parents ordinals of those parents that are connected
 * @param cause the record by which it was connected
 * @param replyTo who awaits its verdict
 */
public record Placement(
        RoomId roomId,
        String roomVersion,
        EventId eventId,
        long ordinal,
        List<Long> parents,
        HeadStamp cause,
        Source source,
        ServerName origin,
        boolean fanOut,
        Optional<Seed> seed,
        List<ReplyTo> replyTo) {

    public Placement {
        parents = List.copyOf(parents);
        replyTo = List.copyOf(replyTo);
    }
}
