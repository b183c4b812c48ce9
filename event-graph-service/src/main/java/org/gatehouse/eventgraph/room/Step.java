package org.gatehouse.eventgraph.room;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.identifier.EventId;

/**
 * What follows from one record.
 *
 * @param passedOn records for the judge that need no place in the graph; published first
 * @param connections events that were connected, in order of their ordinals
 * @param waitingRows what happened to waiting events, in order of event IDs; the wishes in them are published
 * @param outliers to be stored
 * @param duplicates answers that are owed for events which are connected already
 * @param replies refusals to be published
 * @param poison why the record could not be worked; then it goes to quarantine
 */
public record Step(
        LogEntry entry,
        List<ConnectedRecord> passedOn,
        List<Connection> connections,
        List<WaitingRow> waitingRows,
        List<Outlier> outliers,
        List<Duplicate> duplicates,
        List<VerdictReply> replies,
        Optional<String> poison) {

    public Step {
        passedOn = List.copyOf(passedOn);
        connections = List.copyOf(connections);
        waitingRows = List.copyOf(waitingRows);
        outliers = List.copyOf(outliers);
        duplicates = List.copyOf(duplicates);
        replies = List.copyOf(replies);
    }

    /** Whether the record brought an event that was known already. */
    public boolean isDuplicate() {
        return entry.facts().isPresent()
                && connections.isEmpty()
                && outliers.isEmpty()
                && poison.isEmpty()
                && waitingRows.stream().noneMatch(row -> row.details().isPresent());
    }

    /**
     * A newly connected event.
     *
     * @param pdu its bytes if the record brought them
     * @param kept where they are if the event has waited
     * @param policySignature to be merged into them
     */
    public record Connection(
            Placement placement,
            Optional<PduBytes> pdu,
            Optional<WaitingRow.KeptBytes> kept,
            Optional<PolicyWord.Signature> policySignature) {}

    /** A connected event came again, and somebody awaits its verdict. */
    public record Duplicate(EventId eventId, long ordinal, ReplyTo replyTo) {}
}
