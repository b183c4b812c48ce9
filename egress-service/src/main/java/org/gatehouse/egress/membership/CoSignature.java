package org.gatehouse.egress.membership;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.JsonSigning;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.VerifyKey;

/** What a server added to our event, judged by what is known of its keys. */
record CoSignature(ServerName server, RoomVersion version, JsonObject event, Map<KeyId, String> signatures) {

    enum Verdict {
        VALID,
        /** None, or not one that the server's keys can have made. */
        FALSE,
        /** A key that is needed is not known now; it says nothing of the server. */
        KEY_NOT_AT_HAND
    }

    CoSignature {
        signatures = Map.copyOf(new TreeMap<>(signatures));
    }

    static CoSignature of(ServerName server, RoomVersion version, JsonObject event) {
        return new CoSignature(server, version, event, JsonSigning.signatures(event, server));
    }

    /** One valid signature is enough, and while one may still turn out to be valid the others decide nothing. */
    Verdict judge(Optional<ServerKeys> keys) {
        Verdict verdict = Verdict.FALSE;
        for (KeyId id : signatures.keySet()) {
            Verdict each = keys.map(known -> judge(id, known)).orElse(Verdict.KEY_NOT_AT_HAND);
            if (each == Verdict.VALID) {
                return each;
            }
            verdict = each == Verdict.KEY_NOT_AT_HAND ? each : verdict;
        }
        return verdict;
    }

    private Verdict judge(KeyId id, ServerKeys keys) {
        Optional<VerifyKey> key = CachedKeyRing.of(List.of(keys)).keyForEvent(server, id, time(), version);
        if (key.isPresent()) {
            boolean verified = EventSigning.verify(version, event, server, id, key.get());
            return verified ? Verdict.VALID : Verdict.FALSE;
        }
        // A key that it gave up, or that is not among those which hold at the event's time, is not its key.
        boolean decided = keys.oldVerifyKeys().containsKey(id) || keys.validUntilTs() >= time();
        return decided ? Verdict.FALSE : Verdict.KEY_NOT_AT_HAND;
    }

    /** When the event says that it was made, in milliseconds since the epoch. */
    long time() {
        return event.integer("origin_server_ts").orElse(0);
    }
}
