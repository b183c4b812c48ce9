package org.gatehouse.eventgraph.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.PolicyWish;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.eventgraph.room.WaitingRow.Change;
import org.gatehouse.eventgraph.room.WaitingRow.Wait;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * The records that are published for one record of the log, in their order: what is passed on, connected events by
 * ordinal, wishes, the question to a policy server, refusals. The same from a fresh step and from the rows that it left.
 */
public final class Outputs {

    private static final String UNOBTAINABLE = "its parents or auth events could not be had";
    private static final String JOIN_FAILED = "the join that it waited for failed";

    private Outputs() {}

    /** Puts a record's outputs together. */
    public static List<ClusterRecord> of(
            List<ConnectedRecord> passedOn,
            List<PlacedEvent> placed,
            List<WaitingRow> waitingRows,
            Optional<PolicyWish> policyWish,
            List<VerdictReply> refusals) {
        List<ClusterRecord> outputs = new ArrayList<>(passedOn);
        for (PlacedEvent event : placed) {
            outputs.addAll(event.records());
        }
        for (WaitingRow row : waitingRows) {
            row.details().flatMap(Wait::wish).ifPresent(outputs::add);
        }
        policyWish.ifPresent(outputs::add);
        outputs.addAll(refusals);
        return outputs;
    }

    /**
     * The question to the room's policy server, if the record's event has begun to wait for its answer.
     *
     * @param rows that the record left
     */
    public static Optional<PolicyWish> policyWish(LogEntry entry, List<WaitingRow> rows) {
        Optional<PolicyWord> asked = entry.policy().filter(PolicyWord::awaited);
        if (asked.isEmpty() || !(entry.message() instanceof ReceivedRecord.Pushed pushed)) {
            return Optional.empty();
        }
        boolean beganToWait = rows.stream()
                .filter(row -> row.eventId().equals(pushed.eventId()))
                .flatMap(row -> row.details().stream())
                .anyMatch(wait -> wait.bytes().cause().equals(entry.stamp()));
        return beganToWait
                ? Optional.of(new PolicyWish(
                        pushed.roomId(),
                        pushed.roomVersion(),
                        pushed.eventId(),
                        asked.get().server(),
                        pushed.pdu()))
                : Optional.empty();
    }

    /** Memberships outside the graph and the ends of a join attempt go to the judge as they are. */
    public static Optional<ConnectedRecord> passedOn(LogEntry entry) {
        ReceivedRecord message = entry.message();
        long cause = entry.stamp().offset();
        if (message instanceof ReceivedRecord.OutOfBand outOfBand) {
            return Optional.of(new ConnectedRecord.OutOfBand(
                    outOfBand.roomId(),
                    outOfBand.roomVersion(),
                    outOfBand.eventId(),
                    outOfBand.userId(),
                    outOfBand.membership(),
                    outOfBand.strippedState(),
                    outOfBand.replyTo(),
                    cause,
                    outOfBand.pdu()));
        }
        if (message instanceof ReceivedRecord.JoinBegun begun) {
            return Optional.of(new ConnectedRecord.JoinBegun(
                    begun.roomId(), begun.roomVersion(), begun.attemptId(), begun.userId(), cause));
        }
        if (message instanceof ReceivedRecord.JoinFailed failed) {
            return Optional.of(
                    new ConnectedRecord.JoinFailed(failed.roomId(), failed.attemptId(), failed.reason(), cause));
        }
        return Optional.empty();
    }

    /** Tells those who await a verdict that there will be none. */
    public static List<VerdictReply> refusals(LogEntry entry, List<WaitingRow> rows, Optional<String> poison) {
        List<VerdictReply> refusals = new ArrayList<>();
        RoomId roomId = entry.message().roomId();
        for (WaitingRow row : rows) {
            if (row.change() == Change.REFUSED || row.change() == Change.DROPPED) {
                String reason = row.change() == Change.REFUSED ? UNOBTAINABLE : JOIN_FAILED;
                for (ReplyTo address : row.replyTo()) {
                    refusals.add(refusal(address, roomId, row.eventId(), reason));
                }
            }
        }
        if (poison.isPresent() && entry.message() instanceof ReceivedRecord.Made made) {
            made.replyTo().ifPresent(address -> refusals.add(refusal(address, roomId, made.eventId(), poison.get())));
        }
        return refusals;
    }

    /**
     * Why a record cannot be worked, if it cannot.
     *
     * @param connected whether its event is connected now
     */
    public static Optional<String> poison(LogEntry entry, boolean connected) {
        return entry.message() instanceof ReceivedRecord.Made && !connected
                ? Optional.of("an event of ours cites events that are not known")
                : Optional.empty();
    }

    /** What the judge is told of an outlier that a record brought. */
    public static Optional<ConnectedRecord> outlierOf(LogEntry entry) {
        if (entry.message() instanceof ReceivedRecord.Fetched fetched && fetched.outlier()) {
            return Optional.of(new ConnectedRecord.Outlier(
                    fetched.roomId(),
                    fetched.roomVersion(),
                    fetched.eventId(),
                    entry.stamp().offset(),
                    fetched.pdu()));
        }
        return Optional.empty();
    }

    private static VerdictReply refusal(ReplyTo address, RoomId roomId, EventId eventId, String reason) {
        return new VerdictReply(
                address, roomId, Optional.of(eventId), Verdict.REFUSED, "", reason, 0, 0, 0, Optional.empty());
    }
}
