package org.gatehouse.stateresolution.judgement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gatehouse.cluster.ConnectedRecord.OutOfBand;
import org.gatehouse.cluster.RoomFacts.Pending;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.stateresolution.room.Membership;
import org.gatehouse.stateresolution.room.OutOfBandRow;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.room.RoomHead;
import org.gatehouse.stateresolution.room.RoomWrites;

/** Invites and knocks of hosted users in rooms that we are not in, and their ends. */
final class OutOfBandMemberships {

    private OutOfBandMemberships() {}

    /** The head with the membership noted, and a row that says whether it was. */
    static RoomHead note(Room room, long offset, OutOfBand record, RoomWrites writes) {
        List<Pending> others = without(room.head().pending(), record.userId());
        boolean hadOne = others.size() < room.head().pending().size();
        boolean ends = Membership.ofWord(record.membership()) == Membership.LEAVE;
        boolean kept = ends ? hadOne : !isJoined(room, record.userId());
        writes.add(new OutOfBandRow(
                record.userId(),
                record.cause(),
                offset,
                kept,
                record.membership(),
                record.eventId().value()));
        if (!kept) {
            return room.head();
        }
        return room.head().withPending(ends ? others : with(others, pending(room, record)));
    }

    /** Drops what a change of the current state has superseded: a join, or the end of the invite in the room itself. */
    static RoomHead supersede(Room room, RoomHead head, boolean joinSeed) {
        if (head.pending().isEmpty() || head.current() == room.head().current()) {
            return head;
        }
        StateMap before = room.currentState();
        StateMap after = room.state(head.current());
        List<Pending> left = head.pending().stream()
                .filter(entry -> !isSuperseded(room, before, after, entry, joinSeed))
                .toList();
        return head.withPending(left);
    }

    private static boolean isSuperseded(Room room, StateMap before, StateMap after, Pending entry, boolean joinSeed) {
        Membership now = room.membership(after, entry.userId().value());
        boolean ended = now == Membership.LEAVE || now == Membership.BAN;
        return now == Membership.JOIN
                || !joinSeed
                        && ended
                        && now != room.membership(before, entry.userId().value());
    }

    private static boolean isJoined(Room room, UserId user) {
        return room.head().hasState() && room.membership(room.currentState(), user.value()) == Membership.JOIN;
    }

    private static Pending pending(Room room, OutOfBand record) {
        UserId sender = StoredPdus.read(
                        room.version(), record.eventId(), record.pdu().canonical())
                .sender();
        return new Pending(record.userId(), sender, record.membership(), record.eventId());
    }

    private static List<Pending> without(List<Pending> pending, UserId user) {
        return pending.stream().filter(entry -> !entry.userId().equals(user)).toList();
    }

    private static List<Pending> with(List<Pending> pending, Pending added) {
        List<Pending> all = new ArrayList<>(pending);
        all.add(added);
        all.sort(Comparator.comparing(Pending::userId));
        return all;
    }
}
