package org.gatehouse.lab;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.JsonSigning;
import org.gatehouse.matrix.signing.VerifyKey;

/**
 * Whether one server's signatures hold, as on receipt: one by a key that is given must be there, and none by such a key
 * may be false.
 */
final class VerifyCommand implements Command {

    @Override
    public JsonObject answer(Request request) {
        if (request.has("object")) {
            request.requireOnly("object", "server_name", "keys");
            JsonObject object = request.object("object");
            return verdict(fault(request, object, JsonSigning.signingBytes(object)))
                    .build();
        }
        request.requireOnly("room_version", "event", "server_name", "keys");
        JsonObject event = request.object("event");
        byte[] signed = EventHashes.referenceBytes(request.roomVersion(), event);
        return verdict(fault(request, event, signed))
                .put("content_hash_matches", EventHashes.hasTrueContentHash(event))
                .build();
    }

    private static JsonObject.Builder verdict(Optional<String> fault) {
        return JsonObject.builder().put("valid", fault.isEmpty()).put("reason", fault.orElse(""));
    }

    private static Optional<String> fault(Request request, JsonObject bearer, byte[] signed) {
        ServerName server = Signers.serverName(request);
        SortedMap<KeyId, VerifyKey> keys = Signers.keys(request);
        SortedMap<KeyId, String> signatures = JsonSigning.signatures(bearer, server);
        if (signatures.isEmpty()) {
            return Optional.of("there is no signature of " + server);
        }
        int known = 0;
        for (Map.Entry<KeyId, String> signature : signatures.entrySet()) {
            VerifyKey key = keys.get(signature.getKey());
            if (key != null && !key.verify(signed, signature.getValue())) {
                return Optional.of("the signature by " + signature.getKey() + " is false");
            }
            known += key == null ? 0 : 1;
        }
        return known > 0 ? Optional.empty() : Optional.of("there is no signature by a key that is given");
    }
}
