package org.gatehouse.matrix.signing;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** Signed events: the signature is over the redacted form, which holds the content hash (Server-Server API). */
public final class EventSigning {

    private EventSigning() {}

    /** A draft with its content hash and our signature; {@code unsigned} and older signatures are left out. */
    public static JsonObject hashAndSign(RoomVersion version, JsonObject draft, ServerName signer, SigningKey key) {
        JsonObject hashed = EventHashes.withContentHash(draft.without("unsigned", "signatures"));
        return addSignature(version, hashed, signer, key);
    }

    /** The event with our signature beside those that it bears: the co-signature of an invite or a restricted join. */
    public static JsonObject addSignature(RoomVersion version, JsonObject event, ServerName signer, SigningKey key) {
        String signature = key.signBase64(EventHashes.referenceBytes(version, event));
        return JsonSigning.withSignature(event, signer, key.id(), signature);
    }

    /** Whether the event bears a signature of that server and key, and it verifies. */
    public static boolean verify(RoomVersion version, JsonObject event, ServerName signer, KeyId keyId, VerifyKey key) {
        String signature = JsonSigning.signatures(event, signer).get(keyId);
        return signature != null && key.verify(EventHashes.referenceBytes(version, event), signature);
    }
}
