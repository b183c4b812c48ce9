package org.gatehouse.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * Events that the graph misses.
 *
 * @param wishId the same for the same wish, whoever repeats it
 * @param eventId the event that waits
 * @param askFirst the server that gave it
 * @param pushed whether it was pushed: then its own parents must come by get_missing_events, and a seed is taken only
 *     at a parent of what came
 * @param missingParents parents of which nothing is known
 * @param missingAuthEvents auth events of which nothing is known
 * @param latestKnown the newest connected events, at most 20: where a peer may stop walking back
 * @param policy the policy server that the room used when the event that waits was pushed: what is fetched to fill the
 *     gap is shown to it
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
        long minDepth,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PolicyServer> policy)
        implements GraphWish {

    public FetchWish {
        missingParents = List.copyOf(missingParents);
        missingAuthEvents = List.copyOf(missingAuthEvents);
        latestKnown = List.copyOf(latestKnown);
    }

    /** A wish in a room without a policy server. */
    public FetchWish(
            String wishId,
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            ServerName askFirst,
            boolean pushed,
            List<EventId> missingParents,
            List<EventId> missingAuthEvents,
            List<EventId> latestKnown,
            long minDepth) {
        this(
                wishId,
                roomId,
                roomVersion,
                eventId,
                askFirst,
                pushed,
                missingParents,
                missingAuthEvents,
                latestKnown,
                minDepth,
                Optional.empty());
    }

    /** With the event's ID goes its trace, so that what is fetched for it belongs to the same. */
    @Override
    public List<EncodedRecord.Header> headers() {
        return List.of(new EncodedRecord.Header("event-id", eventId.toString()));
    }
}
