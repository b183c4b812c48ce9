package org.gatehouse.egress.delivery;

import java.util.List;

/** The topic outbound, read again for one destination. */
interface OutboundLog {

    /** Reads from an offset on, or from the oldest record that is left, until enough is found or a while has passed. */
    Stretch read(int shard, long from, DestinationId id, int mostEvents);

    /**
     * A part of the topic.
     *
     * @param events those for the destination
     * @param next the offset after the last record that was looked at
     * @param isEnd whether there was nothing more when it was read
     */
    record Stretch(List<LoggedPdu> events, long next, boolean isEnd) {}
}
