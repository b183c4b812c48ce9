package org.gatehouse.stateresolution.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.ConnectedRecord.Connected;
import org.gatehouse.cluster.ConnectedRecord.JoinBegun;
import org.gatehouse.cluster.ConnectedRecord.JoinFailed;
import org.gatehouse.cluster.ConnectedRecord.OutOfBand;
import org.gatehouse.cluster.ConnectedRecord.Outlier;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.stateresolution.judgement.JudgeEvent.Judged;
import org.gatehouse.stateresolution.room.JoinAttempt;
import org.gatehouse.stateresolution.room.JudgedRow;
import org.gatehouse.stateresolution.room.OutOfBandRow;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.room.RoomHead;
import org.gatehouse.stateresolution.room.RoomWrites;
import org.jboss.logging.Logger;

/**
 * Works one record of a room's log. A record at or before the head's offset is a repeat: nothing changes, and its
 * outputs are told again from the stored rows. So is one that event-graph tells again at a new offset: it has an
 * ordinal that was judged, or a cause that was noted.
 */
public final class JudgeRecord {

    private static final Logger LOG = Logger.getLogger(JudgeRecord.class);

    private final JudgeEvent judgeEvent;
    private final Facts facts;
    private final Runnable onAheadOfItsTurn;

    /**
     * The judge of rooms.
     *
     * @param isHosted whether a server name is one of ours
     * @param onAheadOfItsTurn told of each event that is left out because its predecessor has not come
     */
    public JudgeRecord(Resolver resolver, Predicate<ServerName> isHosted, Runnable onAheadOfItsTurn) {
        this.judgeEvent = new JudgeEvent(new ResolveState(resolver));
        this.facts = new Facts(isHosted);
        this.onAheadOfItsTurn = onAheadOfItsTurn;
    }

    /**
     * Moves the room by one record. If this throws, the room in memory is to be thrown away.
     *
     * @param offset of the record in pdu-connected
     * @param seed reads the records of the event's seed, if it has one
     * @throws Unjudgeable and other unchecked exceptions if the record is poison
     */
    public Judgement judge(Room room, long offset, ConnectedRecord record, Supplier<List<BulkRecord>> seed) {
        if (offset <= room.head().offset()) {
            return new Judgement(new RoomWrites(), repeated(room, offset, record));
        }
        RoomHead before = room.head();
        RoomWrites writes = new RoomWrites();
        List<ClusterRecord> outputs = new ArrayList<>();
        if (isAheadOfItsTurn(room, record)) {
            LOG.warnf(
                    "left out until event-graph tells it again, since its predecessor has not come: roomId=%s offset=%d"
                            + " cause=%d lastOrdinal=%d",
                    record.roomId(), offset, record.cause(), before.lastOrdinal());
            onAheadOfItsTurn.run();
            room.moved(before.withOffset(offset), writes);
            return new Judgement(writes, outputs);
        }
        if (isToldAgain(room, record)) {
            outputs.addAll(repeated(room, offset, record));
            room.moved(before.withOffset(offset), writes);
            return new Judgement(writes, outputs);
        }
        RoomHead head = work(room, offset, record, seed, writes, outputs);
        Optional<RoomFacts> changed =
                head.roomVersion().isEmpty() ? Optional.empty() : facts.changed(room, before, head, offset);
        if (changed.isPresent()) {
            // Before the replies: who gets one may count on the gate being told.
            outputs.add(Math.min(1, outputs.size()), changed.get());
            head = head.withFactsCause(offset);
        }
        room.moved(head.withOffset(offset), writes);
        return new Judgement(writes, outputs);
    }

    /**
     * Leaves out an event that cannot be judged, so that those after it are not taken to be ahead of their turn. The
     * room is one that was read anew: what the attempt changed in memory is gone.
     */
    RoomWrites passOver(Room room, long offset, Connected poison) {
        RoomWrites writes = new RoomWrites();
        RoomHead head = room.head();
        room.moved(
                head.withOffset(Math.max(head.offset(), offset))
                        .withLastOrdinal(Math.max(head.lastOrdinal(), poison.ordinal())),
                writes);
        return writes;
    }

    /**
     * An event whose predecessor has not come. If a part of what event-graph published was not taken, a later event may
     * lie before an earlier one; event-graph then tells all of them again, in order.
     */
    private static boolean isAheadOfItsTurn(Room room, ConnectedRecord record) {
        return record instanceof Connected connected
                && connected.ordinal() > room.head().lastOrdinal() + 1;
    }

    private static boolean isToldAgain(Room room, ConnectedRecord record) {
        if (record instanceof Connected connected) {
            return connected.ordinal() <= room.head().lastOrdinal()
                    && room.judged(connected.eventId()).isPresent();
        }
        return !(record instanceof Outlier) && record.cause() <= room.head().lastNote();
    }

    private RoomHead work(
            Room room,
            long offset,
            ConnectedRecord record,
            Supplier<List<BulkRecord>> seed,
            RoomWrites writes,
            List<ClusterRecord> outputs) {
        if (record instanceof Connected connected) {
            name(room, connected.roomVersion());
            Judged judged = judgeEvent.judge(room, offset, connected, seed, writes);
            outputs.addAll(Outputs.of(room, connected, judged.row()));
            boolean joined = connected.seed().map(ConnectedRecord.Seed::join).orElse(false);
            RoomHead head = joined ? withoutAttempts(room, judged.head(), connected) : judged.head();
            return OutOfBandMemberships.supersede(room, head, joined)
                    .withLastOrdinal(Math.max(head.lastOrdinal(), connected.ordinal()));
        }
        if (record instanceof Outlier outlier) {
            name(room, outlier.roomVersion());
            Pdu event = StoredPdus.read(
                    room.version(), outlier.eventId(), outlier.pdu().canonical());
            room.authEvents().learnOutlier(event, offset, writes);
            return room.head();
        }
        if (record instanceof JoinBegun begun) {
            name(room, begun.roomVersion());
            List<JoinAttempt> attempts = new ArrayList<>(without(room.head().attempts(), begun.attemptId()));
            attempts.add(new JoinAttempt(begun.attemptId(), begun.userId()));
            return room.head().withAttempts(attempts).withLastNote(begun.cause());
        }
        if (record instanceof OutOfBand outOfBand) {
            name(room, outOfBand.roomVersion());
            RoomHead head = OutOfBandMemberships.note(room, offset, outOfBand, writes);
            OutOfBandRow row = writes.outOfBand().get(0);
            outputs.addAll(Outputs.of(room, outOfBand, row));
            return head.withLastNote(outOfBand.cause());
        }
        JoinFailed failed = (JoinFailed) record;
        outputs.add(failedJoin(room, offset, failed));
        return room.head()
                .withAttempts(without(room.head().attempts(), failed.attemptId()))
                .withLastNote(failed.cause());
    }

    private List<ClusterRecord> repeated(Room room, long offset, ConnectedRecord record) {
        List<ClusterRecord> outputs = new ArrayList<>();
        if (record instanceof Connected connected) {
            Optional<JudgedRow> row = room.judged(connected.eventId());
            if (row.isEmpty() && connected.ordinal() == room.head().lastOrdinal()) {
                throw new Unjudgeable(connected.eventId() + " was passed over before");
            }
            row.ifPresent(judged -> outputs.addAll(Outputs.of(room, connected, judged)));
        } else if (record instanceof OutOfBand outOfBand) {
            room.outOfBand(outOfBand.userId(), outOfBand.cause())
                    .ifPresent(row -> outputs.addAll(Outputs.of(room, outOfBand, row)));
        } else if (record instanceof JoinFailed failed) {
            outputs.add(failedJoin(room, offset, failed));
        }
        if (room.head().factsCause() == offset) {
            outputs.add(Math.min(1, outputs.size()), facts.of(room, room.head(), offset));
        }
        return outputs;
    }

    private static void name(Room room, String roomVersion) {
        room.named(roomVersion);
        if (!room.version().id().equals(roomVersion)) {
            throw new Unjudgeable(
                    room.id() + " is of version " + room.version().id() + ", a record says " + roomVersion);
        }
    }

    private static JudgedRecord.JoinFailed failedJoin(Room room, long offset, JoinFailed failed) {
        return new JudgedRecord.JoinFailed(room.id(), failed.attemptId(), failed.reason(), offset);
    }

    private static RoomHead withoutAttempts(Room room, RoomHead head, Connected connected) {
        UserId joined = StoredPdus.read(
                        room.version(), connected.eventId(), connected.pdu().canonical())
                .sender();
        return head.withAttempts(head.attempts().stream()
                .filter(attempt -> !attempt.userId().equals(joined))
                .toList());
    }

    private static List<JoinAttempt> without(List<JoinAttempt> attempts, String attemptId) {
        return attempts.stream()
                .filter(attempt -> !attempt.attemptId().equals(attemptId))
                .toList();
    }
}
