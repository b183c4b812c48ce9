package org.gatehouse.lab;

import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.InvalidIdentifier;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.InvalidKey;
import org.gatehouse.matrix.signing.VerifyKey;

/** Reads who signs, and with which keys. */
final class Signers {

    private Signers() {}

    static ServerName serverName(Request request) {
        try {
            return new ServerName(request.text("server_name"));
        } catch (InvalidIdentifier e) {
            throw new LabProblem("server_name: " + e.getMessage());
        }
    }

    static KeyId keyId(String key, String text) {
        try {
            KeyId id = new KeyId(text);
            if (id.isEd25519()) {
                return id;
            }
        } catch (InvalidIdentifier e) {
            throw new LabProblem("%s: \"%s\": %s".formatted(key, Request.shortened(text), e.getMessage()));
        }
        throw new LabProblem("%s: \"%s\" is not ed25519".formatted(key, Request.shortened(text)));
    }

    /** The public keys under {@code keys}: key ID to base64. */
    static SortedMap<KeyId, VerifyKey> keys(Request request) {
        JsonObject keys = request.object("keys");
        SortedMap<KeyId, VerifyKey> read = new TreeMap<>();
        keys.forEach((name, value) -> read.put(
                keyId("keys", name),
                verifyKey(
                        name,
                        value.asString()
                                .orElseThrow(() -> new LabProblem("keys: \"%s\" is not a string".formatted(name))))));
        return read;
    }

    private static VerifyKey verifyKey(String name, String base64) {
        try {
            return VerifyKey.fromBase64(base64);
        } catch (InvalidKey e) {
            throw new LabProblem("keys: \"%s\": %s".formatted(name, e.getMessage()));
        }
    }
}
