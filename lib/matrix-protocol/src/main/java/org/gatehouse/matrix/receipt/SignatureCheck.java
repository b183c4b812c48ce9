package org.gatehouse.matrix.receipt;

import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.JsonSigning;
import org.gatehouse.matrix.signing.KeyRing;
import org.gatehouse.matrix.signing.VerifyKey;

/**
 * Check 2 on receipt: every server that must have signed has at least one signature by a key that is known and valid at
 * the time, and none by such a key that is false. Signatures by other keys and of other servers do not count.
 */
final class SignatureCheck {

    /** The most signatures of one server that are verified; no server needs more keys at a time. */
    private static final int MAX_PER_SERVER = 8;

    private final UnverifiedPdu pdu;
    private final KeyRing keys;

    private SignatureCheck(UnverifiedPdu pdu, KeyRing keys) {
        this.pdu = pdu;
        this.keys = keys;
    }

    /** @param pdu of good format */
    static Optional<Fault> fault(UnverifiedPdu pdu, KeyRing keys) {
        if (RequiredSigners.authoriserIsNoUser(pdu.version(), pdu.json())) {
            return Optional.of(new Fault(DropReason.SIGNATURE_MISSING, "the authorising user is no user ID"));
        }
        SignatureCheck check = new SignatureCheck(pdu, keys);
        for (ServerName server : RequiredSigners.of(pdu)) {
            Optional<Fault> fault = check.fault(server);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private Optional<Fault> fault(ServerName server) {
        JsonObject event = pdu.json();
        long time = event.integer("origin_server_ts").orElseThrow();
        Map<KeyId, String> signatures = JsonSigning.signatures(event, server);
        if (signatures.isEmpty()) {
            return Optional.of(new Fault(DropReason.SIGNATURE_MISSING, "no signature of " + server));
        }
        int known = 0;
        for (Map.Entry<KeyId, String> signature : signatures.entrySet()) {
            Optional<VerifyKey> key = keys.keyForEvent(server, signature.getKey(), time, pdu.version());
            if (key.isPresent()
                    && (++known > MAX_PER_SERVER || !key.get().verify(pdu.referenceBytes(), signature.getValue()))) {
                return Optional.of(new Fault(
                        DropReason.SIGNATURE_INVALID, "a false signature of " + server + ", " + signature.getKey()));
            }
        }
        return known > 0
                ? Optional.empty()
                : Optional.of(new Fault(DropReason.KEY_UNKNOWN, "no known key of " + server + " signed"));
    }
}
