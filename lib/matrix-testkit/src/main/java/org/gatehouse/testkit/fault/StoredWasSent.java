package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;

/** Rule of {@link Invariant#STORED_WAS_SENT}. What hosted users made is not in the ledger: that it is theirs, I4 shows. */
final class StoredWasSent implements Rule {

    @Override
    public List<Finding> findings(Joined evidence) {
        Set<EventId> attempted = evidence.sent().attempted();
        List<Finding> findings = new ArrayList<>();
        for (StoredEvent event : evidence.evidence().stored()) {
            if (!evidence.isHosted(event.pdu().sender().serverName()) && !attempted.contains(event.eventId())) {
                findings.add(new Finding(
                        Invariant.STORED_WAS_SENT,
                        event.eventId().toString(),
                        "of " + event.pdu().sender() + " is stored, and was never sent"));
            }
        }
        for (EventId refused : evidence.sent().refused()) {
            if (!evidence.sent().acknowledged().contains(refused)
                    && !evidence.rowsOf(refused).isEmpty()) {
                findings.add(new Finding(
                        Invariant.STORED_WAS_SENT, refused.toString(), "was answered with an error, and is stored"));
            }
        }
        return findings;
    }
}
