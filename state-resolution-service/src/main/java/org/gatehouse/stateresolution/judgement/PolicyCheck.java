package org.gatehouse.stateresolution.judgement;

import java.util.Optional;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.stateresolution.room.Room;

/**
 * Check 7: an event of a room that uses a policy server bears that server's signature. The bytes in the log decide, and
 * nobody is asked here: an event that was logged before anyone knew of the policy is soft-failed all the same.
 */
public final class PolicyCheck {

    /** Named as the step of "Checks performed on receipt of a PDU"; no auth rule has such a name. */
    static final String RULE = "7";

    private static final StateKey POLICY = new StateKey(EventTypes.POLICY, "");

    private PolicyCheck() {}

    /** The policy server that a room uses in a state: it is named, and has a user there. */
    public static Optional<PolicyServer> policyServer(Room room, StateMap state) {
        return room.event(state, POLICY)
                .flatMap(event -> PolicyServer.of(event.content()))
                .filter(policy -> room.joinedServers().has(state, policy.via()));
    }

    static Ruling of(Room room, Pdu event, StateMap current) {
        if (PolicySignature.isExempt(event.type(), event.stateKey())) {
            return Ruling.ACCEPTED;
        }
        return policyServer(room, current)
                .filter(policy ->
                        !PolicySignature.isValid(room.version(), event.json(), policy.via(), policy.ed25519()))
                .map(policy -> Ruling.softFailed(RULE, "no valid signature of the policy server " + policy.via()))
                .orElse(Ruling.ACCEPTED);
    }
}
