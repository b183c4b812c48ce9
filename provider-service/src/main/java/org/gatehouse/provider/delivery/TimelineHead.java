package org.gatehouse.provider.delivery;

/**
 * The ends of a room's timeline.
 *
 * @param first ordinal of the oldest entry
 * @param newest ordinal of the newest entry
 * @param offset at which the newest entry was judged
 */
public record TimelineHead(long first, long newest, long offset) {

    /** Reads the form of {@link #toString()}. */
    public static TimelineHead parse(String text) {
        String[] parts = text.split(" ", -1);
        return new TimelineHead(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public String toString() {
        return first + " " + newest + " " + offset;
    }
}
