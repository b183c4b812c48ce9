package org.gatehouse.lab;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventHashes;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.InvalidKey;
import org.gatehouse.matrix.signing.JsonSigning;
import org.gatehouse.matrix.signing.SigningKey;

/** An event with its content hash and a signature, or any object with a signature; older signatures stay. */
final class SignCommand implements Command {

    @Override
    public JsonObject answer(Request request) {
        ServerName signer;
        if (request.has("object")) {
            request.requireOnly("object", "server_name", "key_id", "seed");
            signer = Signers.serverName(request);
            return JsonObject.of("object", JsonSigning.sign(request.object("object"), signer, key(request)));
        }
        request.requireOnly("room_version", "event", "server_name", "key_id", "seed");
        RoomVersion version = request.roomVersion();
        JsonObject event = request.object("event");
        signer = Signers.serverName(request);
        JsonObject hashed = EventHashes.hasTrueContentHash(event) ? event : EventHashes.withContentHash(event);
        return JsonObject.of("event", EventSigning.addSignature(version, hashed, signer, key(request)));
    }

    private static SigningKey key(Request request) {
        try {
            return SigningKey.fromSeedBase64(request.text("seed"), Signers.keyId("key_id", request.text("key_id")));
        } catch (InvalidKey e) {
            throw new LabProblem("seed: " + e.getMessage());
        }
    }
}
