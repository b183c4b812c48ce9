package org.gatehouse.matrix.authrule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.EventFacts;
import org.gatehouse.matrix.signing.VerifyKey;

/** An invite that redeems a third-party invite: rule 4.4.1 of version 11. */
final class ThirdPartyInvitedRules {

    /** Signatures times keys that are tried; honest invites have one signature and two keys. */
    private static final int MOST_ATTEMPTS = 1024;

    private ThirdPartyInvitedRules() {}

    static AuthVerdict check(Check check) {
        if (check.targetMembership().equals("ban")) {
            return check.deny(Rule.THIRD_PARTY_BANNED, "the target is banned", check.targetMember());
        }
        Optional<JsonObject> signed =
                check.content().object("third_party_invite").flatMap(invite -> invite.object("signed"));
        if (signed.isEmpty()) {
            return check.deny(Rule.THIRD_PARTY_SIGNED, "third_party_invite has no signed part");
        }
        Optional<String> mxid = signed.get().string("mxid");
        Optional<String> token = signed.get().string("token");
        if (mxid.isEmpty() || token.isEmpty()) {
            return check.deny(Rule.THIRD_PARTY_FIELDS, "the signed part lacks mxid or token");
        }
        if (!mxid.get().equals(check.target())) {
            return check.deny(Rule.THIRD_PARTY_MXID, "mxid is not the target");
        }
        Optional<? extends EventFacts> invite = check.thirdPartyInvite(token.get());
        if (invite.isEmpty()) {
            return check.deny(Rule.THIRD_PARTY_TOKEN, "the room has no third-party invite with this token");
        }
        if (!invite.get().sender().equals(check.event().sender())) {
            return check.deny(Rule.THIRD_PARTY_SENDER, "the third-party invite is of another sender", invite);
        }
        return isSignedByAny(publicKeys(invite.get().content()), signed.get())
                ? check.allow(Rule.THIRD_PARTY_SIGNATURE, invite)
                : check.deny(Rule.THIRD_PARTY_OTHERWISE, "no key of the third-party invite has signed", invite);
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
