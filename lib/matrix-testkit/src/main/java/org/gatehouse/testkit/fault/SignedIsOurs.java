package org.gatehouse.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;

/**
 * Rule of {@link Invariant#SIGNED_IS_OURS}. Of what key-service signed, it sees what is stored. An event of somebody else
 * may bear our signature if it invites one of our users, or if it is a join that one of ours authorised.
 */
final class SignedIsOurs implements Rule {

    @Override
    public List<Finding> findings(Joined evidence) {
        List<Finding> findings = new ArrayList<>();
        for (StoredEvent event : evidence.evidence().stored()) {
            for (ServerName ours : evidence.evidence().hosted()) {
                Pdu pdu = event.pdu();
                if (pdu.isSignedBy(ours) && !pdu.sender().serverName().equals(ours) && !mayBeCoSigned(pdu, ours)) {
                    findings.add(new Finding(
                            Invariant.SIGNED_IS_OURS,
                            event.eventId().toString(),
                            "of type " + pdu.type() + " by " + pdu.sender() + " has the signature of " + ours));
                }
            }
        }
        return findings;
    }

    private static boolean mayBeCoSigned(Pdu pdu, ServerName ours) {
        if (!(pdu.isState() && pdu.type().equals("m.room.member"))) {
            return false;
        }
        Optional<String> membership = pdu.content().string("membership");
        if (membership.filter("invite"::equals).isPresent()) {
            return isOf(pdu.stateKey(), ours);
        }
        return membership.filter("join"::equals).isPresent()
                && isOf(pdu.content().string("join_authorised_via_users_server"), ours);
    }

    private static boolean isOf(Optional<String> user, ServerName server) {
        return user.flatMap(UserId::tryParse)
                .filter(id -> id.serverName().equals(server))
                .isPresent();
    }
}
