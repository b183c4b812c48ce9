package org.gatehouse.matrix.authrule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.signing.VerifyKey;

/** Rule 4.4.1, in version 12 rule 5.4.1: an invite that redeems a third-party invite. */
final class ThirdPartyInvitedRules {

    /** Signatures times keys that are tried; honest invites have one signature and two keys. */
    private static final int MOST_ATTEMPTS = 1024;

    private ThirdPartyInvitedRules() {}

    static AuthVerdict check(Check check, String target) {
        if (check.membership(target).equals("ban")) {
            return MemberRules.deny(check, ".4.1.1", "the target is banned");
        }
        Optional<JsonObject> signed =
                check.content().object("third_party_invite").flatMap(invite -> invite.object("signed"));
        if (signed.isEmpty()) {
            return MemberRules.deny(check, ".4.1.2", "third_party_invite has no signed part");
        }
        Optional<String> mxid = signed.get().string("mxid");
        Optional<String> token = signed.get().string("token");
        if (mxid.isEmpty() || token.isEmpty()) {
            return MemberRules.deny(check, ".4.1.3", "the signed part lacks mxid or token");
        }
        if (!mxid.get().equals(target)) {
            return MemberRules.deny(check, ".4.1.4", "mxid is not the target");
        }
        Optional<Pdu> invite = check.thirdPartyInvite(token.get());
        if (invite.isEmpty()) {
            return MemberRules.deny(check, ".4.1.5", "the room has no third-party invite with this token");
        }
        if (!invite.get().sender().equals(check.event().sender())) {
            return MemberRules.deny(check, ".4.1.6", "the third-party invite is of another sender");
        }
        return isSignedByAny(publicKeys(invite.get().content()), signed.get())
                ? MemberRules.allow(check, ".4.1.7")
                : MemberRules.deny(check, ".4.1.8", "no key of the third-party invite has signed");
    }

    private static List<VerifyKey> publicKeys(JsonObject content) {
        List<VerifyKey> keys = new ArrayList<>();
        content.string("public_key").flatMap(ThirdPartyInvitedRules::key).ifPresent(keys::add);
        content.array("public_keys").ifPresent(list -> {
            for (JsonValue entry : list.values()) {
                if (entry instanceof JsonObject publicKey) {
                    publicKey
                            .string("public_key")
                            .flatMap(ThirdPartyInvitedRules::key)
                            .ifPresent(keys::add);
                }
            }
        });
        return keys;
    }

    private static boolean isSignedByAny(List<VerifyKey> keys, JsonObject signed) {
        byte[] message = CanonicalJson.write(signed.without("signatures", "unsigned"));
        int attempts = 0;
        for (String signature : signatures(signed)) {
            for (VerifyKey key : keys) {
                if (attempts++ == MOST_ATTEMPTS) {
                    return false;
                }
                if (key.verify(message, signature)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> signatures(JsonObject signed) {
        List<String> found = new ArrayList<>();
        JsonObject byServer = signed.object("signatures").orElse(JsonObject.EMPTY);
        for (String server : byServer.names()) {
            JsonObject byKey = byServer.object(server).orElse(JsonObject.EMPTY);
            for (String keyId : byKey.names()) {
                if (keyId.startsWith("ed25519:")) {
                    byKey.string(keyId).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /** Identity servers write their keys in either alphabet of base64. */
    private static Optional<VerifyKey> key(String text) {
        return VerifyKey.tryFromBase64(text.replace('-', '+').replace('_', '/'));
    }
}
