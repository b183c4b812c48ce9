package org.gatehouse.eventgraph.cassandra;

/** The partitions of a room's ordinals. */
final class Buckets {

    private static final int BITS = 14;

    private Buckets() {}

    static long of(long ordinal) {
        return ordinal >> BITS;
    }
}
