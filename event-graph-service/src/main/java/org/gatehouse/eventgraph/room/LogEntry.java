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
 */
public record LogEntry(ReceivedRecord message, HeadStamp stamp, int week, Optional<EventFacts> facts) {

    private static final long WEEK = 7L * 24 * 60 * 60 * 1000;

    /** The week of a record's timestamp in milliseconds. */
    public static int weekOf(long timestamp) {
        return (int) Math.floorDiv(timestamp, WEEK);
    }
}
