package org.gatehouse.matrix.receipt;

import java.util.Optional;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;

/** What came of an event that was received. */
public sealed interface ReceiptOutcome {

    /** The event, if it was accepted. */
    Optional<Pdu> accepted();

    default boolean isAccepted() {
        return accepted().isPresent();
    }

    /**
     * The event passed.
     *
     * @param pdu the event as it is kept: without {@code unsigned}
     * @param redacted whether the content hash was wrong, so that the event is our redacted copy
     */
    record Accepted(Pdu pdu, boolean redacted) implements ReceiptOutcome {

        @Override
        public Optional<Pdu> accepted() {
            return Optional.of(pdu);
        }
    }

    /**
     * The event is dropped, as if it had not come.
     *
     * @param detail what was found, fit for a log and for the sender; holds nothing of the event's content
     * @param eventId the ID that it computes to, where one can be computed
     */
    record Dropped(DropReason reason, String detail, Optional<EventId> eventId) implements ReceiptOutcome {

        @Override
        public Optional<Pdu> accepted() {
            return Optional.empty();
        }
    }
}
