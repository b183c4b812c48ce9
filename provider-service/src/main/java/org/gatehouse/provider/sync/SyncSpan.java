package org.gatehouse.provider.sync;

/**
 * The part of a room's life that a sync covers, in offsets of the room's partition.
 *
 * @param incremental whether the client has seen anything at all
 * @param after the last offset that the client has seen, -1 for none
 * @param upTo the last offset that it will have seen
 */
record SyncSpan(boolean incremental, long after, long upTo, boolean fullState, int timelineLimit) {

    boolean covers(long offset) {
        return offset > after && offset <= upTo;
    }
}
