package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;

/** Rule of {@link Invariant#ACCEPTED_IS_AUTHORISED}. */
final class AcceptedIsAuthorised implements Rule {

    @Override
    public List<Finding> findings(Joined evidence) {
        List<Finding> findings = new ArrayList<>();
        for (StoredEvent event : evidence.evidence().stored()) {
            if (!evidence.isAccepted(event.eventId())) {
                continue;
            }
            for (EventId cited : event.pdu().authEvents()) {
                boolean there = !evidence.rowsOf(cited).isEmpty()
                        || evidence.evidence().outliers().contains(cited);
                if (!there) {
                    findings.add(finding(event, "is accepted, and its auth event " + cited + " is not stored"));
                } else if (evidence.isRejected(cited)) {
                    findings.add(finding(event, "is accepted, and its auth event " + cited + " is rejected"));
                }
            }
        }
        return findings;
    }

    private static Finding finding(StoredEvent event, String fact) {
        return new Finding(Invariant.ACCEPTED_IS_AUTHORISED, event.eventId().toString(), fact);
    }
}
