package org.gatehouse.provider.authoring;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.signing.PolicySignature;

/** Shows an event of ours to the room's policy server before anything is logged, stored or shown to anyone else. */
@ApplicationScoped
public class HaveRecommended {

    private final PolicyServers policyServers;

    public HaveRecommended(PolicyServers policyServers) {
        this.policyServers = policyServers;
    }

    /**
     * The event with the policy server's signature beside the others.
     *
     * @param policy of the room's current state
     * @throws org.gatehouse.runtime.http.MatrixError if it refuses, in its own words; 502 if it does not answer
     */
    public Pdu recommended(Pdu event, Optional<PolicyServer> policy) {
        if (policy.isEmpty() || PolicySignature.isExempt(event.type(), event.stateKey())) {
            return event;
        }
        String signature = policyServers.signature(event, policy.get());
        return StoredPdus.of(
                event.roomVersion(),
                event.eventId(),
                PolicySignature.merge(event.json(), policy.get().via(), signature));
    }
}
