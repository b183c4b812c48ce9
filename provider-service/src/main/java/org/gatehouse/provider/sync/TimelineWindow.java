package org.gatehouse.provider.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.delivery.TimelineEntry;
import org.gatehouse.provider.delivery.Timelines;

/**
 * What of a room's timeline a sync shows: the newest entries up to a limit, and what lies between them and what the
 * client has seen.
 *
 * @param shown oldest first
 * @param skipped entries that the client does not get, oldest first
 * @param limited whether there is more before what is shown than the client has
 * @param complete whether skipped holds everything; if not, only the whole state tells what it has missed
 */
record TimelineWindow(List<TimelineEntry> shown, List<TimelineEntry> skipped, boolean limited, boolean complete) {

    private static final int PAGE = 50;
    private static final int MAX_SKIPPED = 400;
    private static final int MAX_PAGES = 40;

    /**
     * The bounds of a window, in offsets of the room's partition.
     *
     * @param after the last that the client has seen, -1 for nothing
     * @param upTo the last that may be shown
     */
    record Bounds(long after, long upTo, int limit) {

        boolean isNewToClient() {
            return after < 0;
        }
    }

    static TimelineWindow read(Timelines timelines, RoomId room, Bounds bounds, Predicate<TimelineEntry> visible) {
        return new Reading(bounds, visible).over(timelines, room);
    }

    /** Walks back from the newest entry. */
    private static final class Reading {
        private final Bounds bounds;
        private final Predicate<TimelineEntry> visible;
        private final List<TimelineEntry> shown = new ArrayList<>();
        private final List<TimelineEntry> skipped = new ArrayList<>();
        private boolean limited;
        private boolean complete = true;
        private boolean finished;

        Reading(Bounds bounds, Predicate<TimelineEntry> visible) {
            this.bounds = bounds;
            this.visible = visible;
        }

        TimelineWindow over(Timelines timelines, RoomId room) {
            long cursor = Long.MAX_VALUE - 1;
            for (int page = 0; !finished && page < MAX_PAGES; page++) {
                List<TimelineEntry> entries = timelines.before(room, cursor, PAGE);
                entries.forEach(this::take);
                finished |= entries.size() < PAGE;
                cursor = entries.isEmpty()
                        ? cursor
                        : entries.get(entries.size() - 1).ordinal();
            }
            complete &= finished;
            Collections.reverse(shown);
            Collections.reverse(skipped);
            boolean beginsWithSeed = !shown.isEmpty() && shown.get(0).joinSeed();
            return new TimelineWindow(List.copyOf(shown), List.copyOf(skipped), limited || beginsWithSeed, complete);
        }

        private void take(TimelineEntry entry) {
            if (finished || entry.place().offset() > bounds.upTo()) {
                return;
            }
            if (entry.place().offset() <= bounds.after()) {
                finished = true;
            } else if (!visible.test(entry)) {
                limited |= shown.size() >= bounds.limit();
            } else if (shown.size() < bounds.limit()) {
                shown.add(entry);
            } else {
                skip(entry);
            }
        }

        private void skip(TimelineEntry entry) {
            limited = true;
            if (bounds.isNewToClient() || skipped.size() >= MAX_SKIPPED) {
                complete = false;
                finished = true;
            } else {
                skipped.add(entry);
            }
        }
    }
}
