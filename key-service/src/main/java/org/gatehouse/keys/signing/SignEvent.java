package org.gatehouse.keys.signing;

import java.util.Optional;
import java.util.Set;
import org.gatehouse.keys.ownkey.HostedKeys;
import org.gatehouse.keys.ownkey.OwnKeys;
import org.gatehouse.keys.signing.Answer.Reason;
import org.gatehouse.keys.signing.Answer.Refused;
import org.gatehouse.keys.signing.Answer.Signed;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventSizes;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.receipt.DropReason;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.receipt.ReceiptOutcome;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Dropped;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.KeyRing;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.matrix.signing.VerifyKey;

/** Signs an event as the hosted user who sends it. */
final class SignEvent {

    /** The fields of a draft. Anything else would be signed without anyone having asked for it. */
    private static final Set<String> DRAFT_FIELDS = Set.of(
            "auth_events",
            "content",
            "depth",
            "origin_server_ts",
            "prev_events",
            "redacts",
            "room_id",
            "sender",
            "state_key",
            "type");

    private static final String EVENT_ID = "event_id";

    private final OwnKeys keys;

    SignEvent(OwnKeys keys) {
        this.keys = keys;
    }

    /** @param draft the event without hashes and signatures */
    Answer sign(String roomVersion, UserId user, JsonObject draft) {
        Optional<RoomVersion> version = RoomVersions.find(roomVersion);
        if (version.isEmpty()) {
            return new Refused(Reason.UNKNOWN_ROOM_VERSION, "room version " + roomVersion);
        }
        Optional<HostedKeys> hosted = keys.of(user.serverName());
        if (hosted.isEmpty()) {
            return new Refused(Reason.NOT_HOSTED, user.serverName() + " is not hosted here");
        }
        if (!draft.string("sender").equals(Optional.of(user.toString()))) {
            return new Refused(Reason.NOT_THIS_KIND, "the sender is not the user");
        }
        if (!DRAFT_FIELDS.containsAll(draft.without(EVENT_ID).names())) {
            return new Refused(Reason.MALFORMED, "a field that a draft does not have");
        }
        if (!isNamedAsDue(version.get(), user.serverName(), draft)) {
            return new Refused(Reason.MALFORMED, "an event ID that the room version or the server does not give");
        }
        return sign(version.get(), user.serverName(), draft, hosted.get().signingKey());
    }

    /** In room versions 1 and 2 the server of the user names the event; later ones name themselves. */
    private static boolean isNamedAsDue(RoomVersion version, ServerName server, JsonObject draft) {
        return version.eventIdFormat() == EventIdFormat.FIELD
                ? draft.string(EVENT_ID)
                        .flatMap(EventId::tryParse)
                        .flatMap(EventId::serverName)
                        .filter(server::equals)
                        .isPresent()
                : !draft.has(EVENT_ID);
    }

    private static Answer sign(RoomVersion version, ServerName server, JsonObject draft, SigningKey key) {
        if (draft.defect().isPresent()) {
            return new Refused(Reason.MALFORMED, "JSON defect");
        }
        JsonObject signed = EventSigning.hashAndSign(version, draft, server, key);
        if (CanonicalJson.write(signed).length > EventSizes.MAX_EMITTED_EVENT_BYTES) {
            return new Refused(Reason.TOO_LARGE, "over " + EventSizes.MAX_EMITTED_EVENT_BYTES + " bytes");
        }
        if (!EventSizes.slotFits(draft.string("type").orElse(""), draft.string("state_key"))) {
            return new Refused(Reason.TOO_LARGE, "type or state_key over " + EventSizes.MAX_FIELD_BYTES + " bytes");
        }
        UnverifiedPdu pdu = new UnverifiedPdu(version, signed);
        return fault(PduChecks.check(pdu, new OnlyKey(server, key)))
                .<Answer>map(refused -> refused)
                .orElseGet(() -> new Signed(signed, pdu.eventId().orElseThrow()));
    }

    /**
     * What another server would find wrong with it. That a second server has still to sign (a restricted join) comes
     * after the format and is not for us to mend.
     */
    private static Optional<Refused> fault(ReceiptOutcome outcome) {
        if (!(outcome instanceof Dropped dropped)
                || dropped.reason() == DropReason.SIGNATURE_MISSING
                || dropped.reason() == DropReason.KEY_UNKNOWN) {
            return Optional.empty();
        }
        Reason reason = dropped.reason() == DropReason.TOO_LARGE ? Reason.TOO_LARGE : Reason.MALFORMED;
        return Optional.of(new Refused(reason, dropped.detail()));
    }

    private record OnlyKey(ServerName server, SigningKey key) implements KeyRing {
        @Override
        public Optional<VerifyKey> keyForEvent(
                ServerName asked, KeyId keyId, long originServerTs, RoomVersion version) {
            return asked.equals(server) && keyId.equals(key.id()) ? Optional.of(key.verifyKey()) : Optional.empty();
        }

        @Override
        public Optional<VerifyKey> keyForRequest(ServerName asked, KeyId keyId, long now) {
            return Optional.empty();
        }
    }
}
