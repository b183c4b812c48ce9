package org.gatehouse.matrix.receipt;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.event.Redaction;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Accepted;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Dropped;
import org.gatehouse.matrix.signing.JsonSigning;
import org.gatehouse.matrix.signing.KeyRing;

/** Checks 1 to 3 on receipt of a PDU, in the order of the specification. */
public final class PduChecks {

    private PduChecks() {}

    /**
     * The keys to have at hand before {@link #check}: per server that must have signed, the keys that it signed with.
     * A server that has not signed at all is listed with no keys. Nothing is asked of an event whose format is wrong.
     */
    public static Map<ServerName, List<KeyId>> requiredSignatures(UnverifiedPdu pdu) {
        if (FormatCheck.fault(pdu).isPresent()) {
            return Map.of();
        }
        Map<ServerName, List<KeyId>> required = new TreeMap<>();
        for (ServerName server : RequiredSigners.of(pdu)) {
            required.put(
                    server,
                    List.copyOf(JsonSigning.signatures(pdu.json(), server).keySet()));
        }
        return Collections.unmodifiableMap(required);
    }

    /** Runs the checks. A wrong content hash does not fail an event: it is kept as our redacted copy. */
    public static ReceiptOutcome check(UnverifiedPdu pdu, KeyRing keys) {
        Optional<Fault> fault = FormatCheck.fault(pdu).or(() -> SignatureCheck.fault(pdu, keys));
        if (fault.isPresent()) {
            return new Dropped(fault.get().reason(), fault.get().detail(), pdu.eventId());
        }
        EventId eventId = pdu.eventId().orElseThrow();
        return pdu.hasTrueContentHash()
                ? new Accepted(StoredPdus.of(pdu, eventId), false)
                : new Accepted(
                        StoredPdus.of(pdu.version(), eventId, Redaction.redact(pdu.version(), pdu.event())), true);
    }
}
