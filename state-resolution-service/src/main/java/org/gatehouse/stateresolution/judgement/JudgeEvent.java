package org.gatehouse.stateresolution.judgement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ConnectedRecord.Connected;
import org.gatehouse.cluster.ConnectedRecord.Seed;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.stateresolution.room.Extremity;
import org.gatehouse.stateresolution.room.JudgedRow;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.room.RoomHead;
import org.gatehouse.stateresolution.room.RoomWrites;

/**
 * Judges an event in its place: the state before it, checks 4 to 7, the state after it, the forward extremities, the
 * current state.
 */
final class JudgeEvent {

    private final ResolveState resolveState;

    JudgeEvent(ResolveState resolveState) {
        this.resolveState = resolveState;
    }

    /** The verdict, and the head with the room's new state. */
    record Judged(JudgedRow row, RoomHead head) {}

    Judged judge(Room room, long offset, Connected record, Supplier<List<BulkRecord>> seed, RoomWrites writes) {
        Pdu event =
                StoredPdus.read(room.version(), record.eventId(), record.pdu().canonical());
        if (!event.roomId().equals(room.id())) {
            throw new Unjudgeable(record.eventId() + " came as an event of " + room.id() + " and is of another room");
        }
        boolean isNewHead = record.seed().map(Seed::join).orElse(false);
        long before = record.seed().isPresent()
                ? SeedState.versionOf(room, seed.get(), offset, writes)
                : stateBefore(room, event, offset, writes);
        Ruling ruling = ReceiptChecks.of(
                room, event, room.state(before), isNewHead, record.seed().isPresent());
        if (event.isState()) {
            room.authEvents().learnInPlace(event, ruling.isRejected(), offset, writes);
        }
        long after = stateAfter(room, event, before, ruling, offset, writes);
        RoomHead head = headAfter(room, event, after, ruling, isNewHead, offset, writes);
        JudgedRow row = new JudgedRow(
                record.ordinal(),
                event.eventId(),
                ruling.verdict(),
                ruling.rule(),
                ruling.reason(),
                before,
                after,
                room.head().current(),
                head.current(),
                event.depth(),
                event.effectiveAuthEvents(),
                offset);
        room.add(row, writes);
        return new Judged(row, head);
    }

    /** The resolution over the states after all parents; the empty state for an event without parents. */
    private long stateBefore(Room room, Pdu event, long offset, RoomWrites writes) {
        List<Long> parents = event.prevEvents().stream()
                .map(parent -> stateAfter(room, event, parent))
                .distinct()
                .sorted()
                .toList();
        return resolveState.versionOf(room, parents, offset, writes);
    }

    private static long stateAfter(Room room, Pdu event, EventId parent) {
        return room.judged(parent)
                .orElseThrow(() -> new Unjudgeable("parent " + parent + " of " + event.eventId() + " is not judged"))
                .stateAfter();
    }

    /** A soft-failed event takes its slot in the state after it like any other; only a rejected one does not. */
    private static long stateAfter(Room room, Pdu event, long before, Ruling ruling, long offset, RoomWrites writes) {
        if (!event.isState() || ruling.isRejected()) {
            return before;
        }
        StateMap after = room.state(before).with(event.stateSlot().orElseThrow(), event.eventId());
        return room.versions().versionOf(after, List.of(before), offset, writes);
    }

    private RoomHead headAfter(
            Room room, Pdu event, long after, Ruling ruling, boolean isNewHead, long offset, RoomWrites writes) {
        RoomHead head = room.head();
        if (!ruling.isAccepted()) {
            return head.withState(room.versions().last(), head.current(), head.extremities());
        }
        List<Extremity> extremities = new ArrayList<>();
        if (!isNewHead) {
            head.extremities().stream()
                    .filter(extremity -> !event.prevEvents().contains(extremity.eventId()))
                    .forEach(extremities::add);
        }
        extremities.add(new Extremity(event.eventId(), event.depth(), after));
        extremities.sort(Comparator.comparing(Extremity::eventId));
        List<Long> states = extremities.stream()
                .map(Extremity::stateAfter)
                .distinct()
                .sorted()
                .toList();
        long current = resolveState.versionOf(room, states, offset, writes);
        return head.withState(room.versions().last(), current, extremities);
    }
}
