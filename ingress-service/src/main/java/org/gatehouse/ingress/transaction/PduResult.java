package org.gatehouse.ingress.transaction;

import java.util.Optional;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.ingress.admission.IntakeMeters.PduOutcome;
import org.gatehouse.matrix.identifier.EventId;

/** What becomes of one PDU of a transaction. */
sealed interface PduResult {

    /** The event that the answer names, if there is one to name. */
    Optional<EventId> eventId();

    /** What the answer says of it, if it is an error. */
    default Optional<String> error() {
        return Optional.empty();
    }

    /** What is counted. */
    PduOutcome outcome();

    /** What has to be logged before the transaction is answered. */
    default Optional<ReceivedRecord> toLog() {
        return Optional.empty();
    }

    /** Passed checks 1 to 3, or is a membership event of a room that we are not in. */
    record Logged(EventId id, ReceivedRecord message) implements PduResult {
        @Override
        public PduOutcome outcome() {
            return PduOutcome.ACCEPTED;
        }

        @Override
        public Optional<EventId> eventId() {
            return Optional.of(id);
        }

        @Override
        public Optional<ReceivedRecord> toLog() {
            return Optional.of(message);
        }
    }

    /** Was acknowledged before: nothing is left to do. */
    record Known(EventId id) implements PduResult {
        @Override
        public PduOutcome outcome() {
            return PduOutcome.DUPLICATE;
        }

        @Override
        public Optional<EventId> eventId() {
            return Optional.of(id);
        }
    }

    /** Failed a check; the answer says so if the event has an ID. */
    record Refused(Optional<EventId> eventId, PduOutcome outcome, String reason) implements PduResult {
        @Override
        public Optional<String> error() {
            return Optional.of(reason);
        }
    }

    /** Not even an event, or of a room in which the addressed name has no part: the answer does not name it. */
    record Ignored() implements PduResult {
        @Override
        public PduOutcome outcome() {
            return PduOutcome.IGNORED;
        }

        @Override
        public Optional<EventId> eventId() {
            return Optional.empty();
        }
    }
}
