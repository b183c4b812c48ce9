package org.gatehouse.keys.signing;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.keys.ownkey.HostedKeys;
import org.gatehouse.keys.ownkey.OwnKeys;
import org.gatehouse.keys.signing.Answer.Reason;
import org.gatehouse.keys.signing.Answer.Refused;
import org.gatehouse.keys.signing.Answer.Signed;
import org.gatehouse.keys.verifykey.FindVerifyKeys;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.receipt.ReceiptOutcome;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Accepted;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Dropped;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.EventSigning;

/**
 * Co-signs the invite of a hosted user by a user of another server. Whatever ingress has checked is checked again here:
 * a signature on anything but an invite would let a stranger speak for our users (CVE-2025-68667).
 */
final class SignInvite {

    private final OwnKeys keys;
    private final FindVerifyKeys verifyKeys;

    SignInvite(OwnKeys keys, FindVerifyKeys verifyKeys) {
        this.keys = keys;
        this.verifyKeys = verifyKeys;
    }

    Uni<Answer> sign(String roomVersion, UserId user, JsonObject event) {
        Optional<RoomVersion> version = RoomVersions.findSupported(roomVersion);
        if (version.isEmpty()) {
            return refuse(Reason.UNKNOWN_ROOM_VERSION, "room version " + roomVersion);
        }
        Optional<HostedKeys> hosted = keys.of(user.serverName());
        if (hosted.isEmpty()) {
            return refuse(Reason.NOT_HOSTED, user.serverName() + " is not hosted here");
        }
        Optional<String> fault = faultOf(event, user);
        if (fault.isPresent()) {
            return refuse(Reason.NOT_THIS_KIND, fault.get());
        }
        UnverifiedPdu invite = new UnverifiedPdu(version.get(), event.without("unsigned"));
        Map<ServerName, List<KeyId>> required = PduChecks.requiredSignatures(invite);
        return verifyKeys
                .find(required, event.integer("origin_server_ts").orElse(0))
                .map(known -> PduChecks.check(invite, CachedKeyRing.of(known)))
                .map(outcome -> coSign(outcome, hosted.get(), event));
    }

    /** Server-Server API, "Inviting to a room": what the event must be before it may be signed. */
    private static Optional<String> faultOf(JsonObject event, UserId user) {
        if (!event.string("type").equals(Optional.of(EventTypes.MEMBER))) {
            return Optional.of("the type is not m.room.member");
        }
        if (!event.object("content")
                .flatMap(content -> content.string("membership"))
                .equals(Optional.of("invite"))) {
            return Optional.of("the membership is not invite");
        }
        if (!event.string("state_key").equals(Optional.of(user.toString()))) {
            return Optional.of("the invited user is another");
        }
        Optional<UserId> sender = event.string("sender").flatMap(UserId::tryParse);
        if (sender.isEmpty() || sender.get().serverName().equals(user.serverName())) {
            return Optional.of("the sender is not of another server");
        }
        return Optional.empty();
    }

    private static Answer coSign(ReceiptOutcome outcome, HostedKeys hosted, JsonObject event) {
        if (outcome instanceof Dropped dropped) {
            return new Refused(Reason.UNVERIFIED, dropped.detail());
        }
        Accepted accepted = (Accepted) outcome;
        if (accepted.redacted()) {
            return new Refused(Reason.UNVERIFIED, "the content hash is wrong");
        }
        JsonObject signed = EventSigning.addSignature(
                accepted.pdu().roomVersion(), event.without("unsigned"), hosted.server(), hosted.signingKey());
        return new Signed(signed, accepted.pdu().eventId());
    }

    private static Uni<Answer> refuse(Reason reason, String detail) {
        return Uni.createFrom().item(new Refused(reason, detail));
    }
}
