package org.gatehouse.stateresolution.judgement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord.Connected;
import org.gatehouse.cluster.ConnectedRecord.OutOfBand;
import org.gatehouse.cluster.ConnectedRecord.Seed;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.JudgedRecord.CurrentChange;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.stateres.StateChange;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.stateresolution.room.JudgedRow;
import org.gatehouse.stateresolution.room.OutOfBandRow;
import org.gatehouse.stateresolution.room.Room;

/** What the judge tells the others, from a record and its stored row: the same the first time and every time again. */
final class Outputs {

    private static final StateKey HISTORY_VISIBILITY = new StateKey(EventTypes.HISTORY_VISIBILITY, "");

    /** Kafka's records are up to 4 MiB; the judged event and the servers need some of it. */
    private static final int MAX_CHANGES_BYTES = 3 * 1024 * 1024;

    private static final int CHANGE_OVERHEAD = 200;
    private static final int LIKELY_CHANGE_BYTES = 800;

    private Outputs() {}

    static List<ClusterRecord> of(Room room, Connected record, JudgedRow row) {
        List<ClusterRecord> outputs = new ArrayList<>();
        outputs.add(judged(room, record, row));
        record.replyTo()
                .ifPresent(replyTo -> outputs.add(new VerdictReply(
                        replyTo,
                        room.id(),
                        Optional.of(row.eventId()),
                        row.verdict(),
                        row.rule(),
                        row.reason(),
                        row.ordinal(),
                        row.currentAfter(),
                        0,
                        Optional.empty())));
        return outputs;
    }

    static List<ClusterRecord> of(Room room, OutOfBand record, OutOfBandRow row) {
        List<ClusterRecord> outputs = new ArrayList<>();
        if (row.kept()) {
            outputs.add(new JudgedRecord.OutOfBandKept(
                    room.id(),
                    record.roomVersion(),
                    record.eventId(),
                    record.userId(),
                    record.membership(),
                    record.strippedState(),
                    row.cause(),
                    record.pdu()));
        }
        boolean refused = !row.kept() && !row.membership().equals("leave");
        record.replyTo()
                .ifPresent(replyTo -> outputs.add(new VerdictReply(
                        replyTo,
                        room.id(),
                        Optional.of(record.eventId()),
                        refused ? Verdict.REJECTED : Verdict.ACCEPTED,
                        "",
                        refused ? "the user is joined in the room" : "",
                        0,
                        0,
                        0,
                        Optional.empty())));
        return outputs;
    }

    private static JudgedRecord.Judged judged(Room room, Connected record, JudgedRow row) {
        boolean accepted = row.verdict() == Verdict.ACCEPTED;
        boolean fanOut = record.fanOut() && accepted;
        boolean joinSeed = accepted && record.seed().map(Seed::join).orElse(false);
        List<ServerName> serversBefore = fanOut
                ? List.copyOf(
                        room.joinedServers().in(room.state(row.stateBefore())).keySet())
                : List.of();
        return new JudgedRecord.Judged(
                room.id(),
                record.roomVersion(),
                row.eventId(),
                row.ordinal(),
                record.source(),
                record.origin(),
                row.verdict(),
                row.rule(),
                row.reason(),
                row.stateBefore(),
                row.currentAfter(),
                currentChanges(room, row, joinSeed),
                historyVisibility(room, room.state(row.stateAfter())),
                fanOut,
                serversBefore,
                joinSeed,
                row.cause(),
                record.pdu());
    }

    private static List<CurrentChange> currentChanges(Room room, JudgedRow row, boolean whole) {
        StateMap before = whole ? StateMap.EMPTY : room.state(row.currentBefore());
        List<StateChange> changes = new ArrayList<>(before.diff(room.state(row.currentAfter())));
        changes.sort(Comparator.comparing(Outputs::isMember));
        room.authEvents()
                .prefetch(changes.stream()
                        .flatMap(change -> change.after().stream())
                        .filter(eventId -> !eventId.equals(row.eventId()))
                        .limit(MAX_CHANGES_BYTES / LIKELY_CHANGE_BYTES)
                        .toList());
        return changes.stream()
                .map(change -> change(room, row, change))
                .takeWhile(withinLimit())
                .toList();
    }

    private static CurrentChange change(Room room, JudgedRow row, StateChange change) {
        Optional<PduBytes> pdu =
                change.after().filter(eventId -> !eventId.equals(row.eventId())).map(eventId -> bytes(room, eventId));
        return new CurrentChange(change.key().type(), change.key().stateKey(), change.after(), pdu);
    }

    /** A record of the log has its limit. Members come last: those who go beyond it are left to be asked for. */
    private static Predicate<CurrentChange> withinLimit() {
        AtomicInteger left = new AtomicInteger(MAX_CHANGES_BYTES);
        return change -> left.addAndGet(-CHANGE_OVERHEAD
                        - 2 * change.stateKey().length()
                        - change.pdu().map(PduBytes::length).orElse(0))
                > 0;
    }

    private static boolean isMember(StateChange change) {
        return change.key().type().equals(EventTypes.MEMBER);
    }

    private static PduBytes bytes(Room room, EventId eventId) {
        return new PduBytes(room.authEvents().event(eventId).canonicalBytes());
    }

    static String historyVisibility(Room room, StateMap state) {
        return room.event(state, HISTORY_VISIBILITY)
                .flatMap(event -> event.content().string("history_visibility"))
                .orElse("shared");
    }
}
