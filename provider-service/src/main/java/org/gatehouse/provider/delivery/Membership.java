package org.gatehouse.provider.delivery;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;

/**
 * What a hosted user is to a room.
 *
 * @param kind {@code join}, {@code invite}, {@code knock}, {@code leave} or {@code ban}
 * @param place where it was last confirmed or changed
 * @param since offset at which the kind became what it is; for who is out, at which the user went out
 * @param previous the kind before that, empty if there was none
 * @param previousSince offset at which that kind began
 * @param outOfBand whether we knew the room only by this event
 * @param pdu the membership event
 * @param strippedState what the inviter showed of a room that we are not in
 */
public record Membership(
        UserId userId,
        RoomId roomId,
        String roomVersion,
        EventId eventId,
        String kind,
        Place place,
        long since,
        String previous,
        long previousSince,
        boolean outOfBand,
        PduBytes pdu,
        List<JsonObject> strippedState) {

    public static final String JOIN = "join";
    public static final String INVITE = "invite";
    public static final String KNOCK = "knock";
    public static final String LEAVE = "leave";
    public static final String BAN = "ban";

    public Membership {
        strippedState = List.copyOf(strippedState);
    }

    /** A change as a verdict brings it, before it is put behind what was there. */
    public record Change(
            UserId userId,
            RoomId roomId,
            String roomVersion,
            EventId eventId,
            String kind,
            Place place,
            boolean outOfBand,
            PduBytes pdu,
            List<JsonObject> strippedState) {}

    /** The membership after a change; the same as before if the change is a repeat. */
    public static Membership after(Optional<Membership> before, Change change) {
        if (before.isPresent() && !change.place().isAfter(before.get().place().offset())) {
            return before.get();
        }
        boolean goesOn = before.isPresent() && isSame(before.get().kind(), change.kind());
        long since = goesOn ? before.get().since() : change.place().offset();
        String previous = before.map(b -> goesOn ? b.previous() : b.kind()).orElse("");
        long previousSince =
                before.map(b -> goesOn ? b.previousSince() : b.since()).orElse(-1L);
        return new Membership(
                change.userId(),
                change.roomId(),
                change.roomVersion(),
                change.eventId(),
                change.kind(),
                change.place(),
                since,
                previous,
                previousSince,
                change.outOfBand(),
                change.pdu(),
                change.strippedState());
    }

    /** Who is kicked and then banned, or unbanned, has been out all the while. */
    private static boolean isSame(String before, String after) {
        return before.equals(after) || (isOut(before) && isOut(after));
    }

    private static boolean isOut(String kind) {
        return kind.equals(LEAVE) || kind.equals(BAN);
    }

    public boolean isJoined() {
        return kind.equals(JOIN);
    }

    public boolean isInvited() {
        return kind.equals(INVITE);
    }

    /** Whether the user is out of the room, by whoever's will. */
    public boolean isOut() {
        return isOut(kind);
    }

    /** Whether the user was joined before the present kind began. */
    public boolean wasJoined() {
        return previous.equals(JOIN);
    }

    public Pdu event() {
        return StoredPdus.read(RoomVersions.require(roomVersion), eventId, pdu.canonical());
    }
}
