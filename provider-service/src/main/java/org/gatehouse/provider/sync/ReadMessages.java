package org.gatehouse.provider.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.delivery.TimelineEntry;
import org.gatehouse.provider.delivery.Timelines;

/**
 * Pages through a room's stored timeline. A page may be empty after what the user may not see is taken out, and still
 * says where to go on (QA07).
 */
@ApplicationScoped
class ReadMessages {

    private static final int SEARCH_PAGE = 100;

    private final Timelines timelines;

    ReadMessages(Timelines timelines) {
        this.timelines = timelines;
    }

    /** @param end where the next page begins, unless there is none */
    record Page(TimelineToken start, List<Pdu> events, Optional<TimelineToken> end) {}

    Page backwards(Membership membership, TimelineToken from, Optional<TimelineToken> to, int limit) {
        List<TimelineEntry> entries = timelines.before(membership.roomId(), from.ordinal(), limit);
        List<TimelineEntry> wanted = entries.stream()
                .filter(entry -> to.isEmpty() || entry.ordinal() >= to.get().ordinal())
                .toList();
        boolean more = entries.size() == limit && wanted.size() == entries.size();
        return page(membership, from, wanted, more ? last(wanted) : Optional.empty());
    }

    Page forwards(Membership membership, TimelineToken from, Optional<TimelineToken> to, int limit) {
        List<TimelineEntry> entries = timelines.after(membership.roomId(), from.ordinal() - 1, limit);
        List<TimelineEntry> wanted = entries.stream()
                .filter(entry -> to.isEmpty() || entry.ordinal() < to.get().ordinal())
                .toList();
        boolean more = !entries.isEmpty() && wanted.size() == entries.size();
        return page(membership, from, wanted, more ? last(wanted).map(ReadMessages::following) : Optional.empty());
    }

    /** The place in the room that a sync token stands for: after all that was delivered up to it. */
    TimelineToken placeOf(SyncToken token, RoomId roomId) {
        long cursor = Long.MAX_VALUE - 1;
        while (true) {
            List<TimelineEntry> entries = timelines.before(roomId, cursor, SEARCH_PAGE);
            for (TimelineEntry entry : entries) {
                if (entry.place().offset() <= token.at(entry.place().partition())) {
                    return new TimelineToken(entry.ordinal() + 1);
                }
                cursor = entry.ordinal();
            }
            if (entries.size() < SEARCH_PAGE) {
                return new TimelineToken(cursor);
            }
        }
    }

    private static Page page(
            Membership membership, TimelineToken from, List<TimelineEntry> entries, Optional<TimelineToken> end) {
        List<Pdu> events = entries.stream()
                .filter(new TimelineVisibility(membership))
                .map(TimelineEntry::event)
                .toList();
        return new Page(from, events, end);
    }

    private static Optional<TimelineToken> last(List<TimelineEntry> entries) {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new TimelineToken(entries.get(entries.size() - 1).ordinal()));
    }

    private static TimelineToken following(TimelineToken token) {
        return new TimelineToken(token.ordinal() + 1);
    }
}
