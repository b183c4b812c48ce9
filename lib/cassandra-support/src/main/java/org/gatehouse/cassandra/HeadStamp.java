package org.gatehouse.cassandra;

/**
 * The write timestamp of a head: {@code generation << 48 | offset + 1}. The head of a later input always wins, whoever
 * writes last; a stray write with a wall clock always loses, because generations start at {@value #FIRST_GENERATION}.
 *
 * @param generation set by the operator, raised when the input topic is remade
 * @param offset of the record in the input topic after which the head was so; -1 for a head before any record
 */
public record HeadStamp(int generation, long offset) implements Comparable<HeadStamp> {

    /** The lowest generation whose stamps are all later than the microseconds of any clock until the year 2059. */
    public static final int FIRST_GENERATION = 10;

    private static final int LAST_GENERATION = (1 << 15) - 1;
    private static final long LAST_OFFSET = (1L << 48) - 2;

    public HeadStamp {
        if (generation < 0 || generation > LAST_GENERATION) {
            throw new IllegalArgumentException("generation " + generation);
        }
        if (offset < -1 || offset > LAST_OFFSET) {
            throw new IllegalArgumentException("offset " + offset);
        }
    }

    public static HeadStamp of(int generation, long offset) {
        return new HeadStamp(generation, offset);
    }

    /** Reads what {@code WRITETIME(cell)} gave. */
    public static HeadStamp fromTimestamp(long timestamp) {
        return new HeadStamp((int) (timestamp >>> 48), (timestamp & ((1L << 48) - 1)) - 1);
    }

    /** The value for {@code USING TIMESTAMP}. */
    public long timestamp() {
        return (long) generation << 48 | offset + 1;
    }

    /** Whether a head with this stamp was stored from another life of the topic: refuse and alarm. */
    public boolean isOfAnotherGeneration(int current) {
        return generation != current;
    }

    @Override
    public int compareTo(HeadStamp other) {
        return Long.compare(timestamp(), other.timestamp());
    }
}
