package org.gatehouse.provider.sync;

import java.util.function.Predicate;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.provider.delivery.Membership;
import org.gatehouse.provider.delivery.TimelineEntry;

/**
 * Which events of a room its member may see (Client-Server API, "Room History Visibility"), told from the present and
 * the previous membership: of earlier times, where it cannot be told, the answer is no.
 */
final class TimelineVisibility implements Predicate<TimelineEntry> {

    private final Membership membership;

    TimelineVisibility(Membership membership) {
        this.membership = membership;
    }

    @Override
    public boolean test(TimelineEntry entry) {
        long offset = entry.place().offset();
        if (isOwnMembership(entry.event())) {
            return true;
        }
        if (offset > end() || !hasJoined()) {
            return false;
        }
        return switch (entry.historyVisibility()) {
            case "joined" -> offset >= joinedSince();
            case "invited" -> offset >= invitedSince();
            default -> true;
        };
    }

    private boolean isOwnMembership(Pdu event) {
        return event.type().equals(EventTypes.MEMBER)
                && event.stateKey().filter(membership.userId().value()::equals).isPresent();
    }

    private boolean hasJoined() {
        return membership.isJoined() || membership.wasJoined();
    }

    /** The last event that the user was there to see. */
    private long end() {
        return membership.isJoined() ? Long.MAX_VALUE : membership.since();
    }

    private long joinedSince() {
        if (membership.isJoined()) {
            return membership.since();
        }
        return membership.wasJoined() ? membership.previousSince() : Long.MAX_VALUE;
    }

    private long invitedSince() {
        boolean fromInvite = membership.isJoined() && membership.previous().equals(Membership.INVITE);
        return fromInvite ? membership.previousSince() : joinedSince();
    }
}
