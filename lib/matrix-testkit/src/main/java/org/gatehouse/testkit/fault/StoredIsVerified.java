package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;

/** Rule of {@link Invariant#STORED_IS_VERIFIED}, by a {@link SecondOpinion}. */
final class StoredIsVerified implements Rule {

    @Override
    public List<Finding> findings(Joined evidence) {
        SecondOpinion opinion = new SecondOpinion(evidence.evidence().keys());
        List<Finding> findings = new ArrayList<>();
        for (StoredEvent event : evidence.evidence().stored()) {
            opinion.wrongWith(
                            event.pdu().roomVersion().id(),
                            event.eventId(),
                            event.pdu().json())
                    .forEach(fact -> findings.add(new Finding(
                            Invariant.STORED_IS_VERIFIED, event.eventId().toString(), fact)));
        }
        return findings;
    }
}
