package org.gatehouse.cluster;

import java.util.List;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * Events that the graph misses (topic fetch-wanted).
 *
 * @param wishId the same for the same wish, whoever repeats it
 * @param eventId the event that waits
 * @param askFirst the server that gave it
 * @param pushed whether it was pushed: then its own parents must come by get_missing_events, and a seed is taken only
 *     at a parent of what came
 * @param missingParents parents of which nothing is known
 * @param missingAuthEvents auth events of which nothing is known
 * @param latestKnown the newest connected events, at most 20: where a peer may stop walking back
 */
public record FetchWish(
        String wishId,
        RoomId roomId,
        String roomVersion,
        EventId eventId,
        ServerName askFirst,
        boolean pushed,
        List<EventId> missingParents,
        List<EventId> missingAuthEvents,
        List<EventId> latestKnown,
        long minDepth)
        implements ClusterRecord {

    public FetchWish {
        missingParents = List.copyOf(missingParents);
        missingAuthEvents = List.copyOf(missingAuthEvents);
        latestKnown = List.copyOf(latestKnown);
    }

    @Override
    public String key() {
        return roomId.toString();
    }
}
