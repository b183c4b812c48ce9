package org.gatehouse.keys.policyserver;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.gatehouse.keys.ownkey.PolicyKeys;
import org.gatehouse.keys.policyserver.Recommendation.Recommended;
import org.gatehouse.keys.policyserver.Recommendation.Refused;
import org.gatehouse.keys.verifykey.FindVerifyKeys;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.receipt.DropReason;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.receipt.ReceiptOutcome;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Accepted;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Dropped;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.PolicySignature;
import org.gatehouse.matrix.signing.SigningKey;

/** Signs an event as a policy server, if it is one that its sender's server signed, and no rule is against it. */
final class RecommendEvent {

    private final PolicyKeys keys;
    private final FindVerifyKeys verifyKeys;
    private final Supplier<PolicyRules> rules;

    RecommendEvent(PolicyKeys keys, FindVerifyKeys verifyKeys, Supplier<PolicyRules> rules) {
        this.keys = keys;
        this.verifyKeys = verifyKeys;
        this.rules = rules;
    }

    Uni<Recommendation> recommend(ServerName policyServer, String roomVersion, JsonObject event) {
        Optional<SigningKey> key = keys.of(policyServer);
        if (key.isEmpty()) {
            return refuse(404, "M_UNRECOGNIZED", policyServer + " is no policy server");
        }
        Optional<RoomVersion> version = RoomVersions.find(roomVersion);
        if (version.isEmpty()) {
            return refuse(404, "M_NOT_FOUND", "a room of an unknown version");
        }
        if (PolicySignature.isExempt(event)) {
            return refuse(400, "M_BAD_JSON", "policy servers are not asked about m.room.policy itself");
        }
        UnverifiedPdu pdu = new UnverifiedPdu(version.get(), event.without("unsigned"));
        Map<ServerName, List<KeyId>> required = new TreeMap<>(PduChecks.requiredSignatures(pdu));
        // A server that has not signed at all makes its events fail, whatever its keys are.
        required.values().removeIf(List::isEmpty);
        return verifyKeys
                .find(required, event.integer("origin_server_ts").orElse(0))
                .map(known -> PduChecks.check(pdu, CachedKeyRing.of(known)))
                .map(outcome -> recommend(outcome, key.get()));
    }

    private Recommendation recommend(ReceiptOutcome outcome, SigningKey key) {
        if (outcome instanceof Dropped dropped) {
            return isAboutSignatures(dropped.reason())
                    ? new Refused(400, "M_FORBIDDEN", dropped.detail())
                    : new Refused(400, "M_BAD_JSON", dropped.detail());
        }
        Accepted accepted = (Accepted) outcome;
        Pdu event = accepted.pdu();
        if (accepted.redacted()) {
            return new Refused(400, "M_FORBIDDEN", "the content hash is wrong");
        }
        return rules.get()
                .refusal(event.sender(), event.content())
                .<Recommendation>map(reason -> new Refused(400, "M_FORBIDDEN", reason))
                .orElseGet(() ->
                        new Recommended(key.signBase64(EventHashes.referenceBytes(event.roomVersion(), event.json()))));
    }

    private static boolean isAboutSignatures(DropReason reason) {
        return switch (reason) {
            case SIGNATURE_MISSING, SIGNATURE_INVALID, KEY_UNKNOWN -> true;
            case FORMAT, TOO_LARGE, NOT_CANONICAL, HASH_MISSING -> false;
        };
    }

    private static Uni<Recommendation> refuse(int status, String errcode, String reason) {
        return Uni.createFrom().item(new Refused(status, errcode, reason));
    }
}
