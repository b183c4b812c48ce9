package org.gatehouse.eventgraph.room;

import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.ReceivedRecord;

/**
 * A record of the log in its place.
 *
 * @param stamp generation and offset: the cause of whatever follows from the record
 * @param week of the record's timestamp, counted from the epoch: from the log, not from a clock
 * @param facts of the event that the record brings into the graph, if it brings one
 * @param policy of a pushed event in a room with a policy server
 */
public record LogEntry(
        ReceivedRecord message, HeadStamp stamp, int week, Optional<EventFacts> facts, Optional<PolicyWord> policy) {

    /** A record that no policy server has anything to do with. */
    public LogEntry(ReceivedRecord message, HeadStamp stamp, int week, Optional<EventFacts> facts) {
        this(message, stamp, week, facts, Optional.empty());
    }

    private static final long WEEK = 7L * 24 * 60 * 60 * 1000;

    /** The week of a record's timestamp in milliseconds. */
    public static int weekOf(long timestamp) {
        return (int) Math.floorDiv(timestamp, WEEK);
    }
}
