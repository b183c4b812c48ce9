package org.gatehouse.matrix.request;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.matrix.signing.VerifyKey;

/**
 * A request as it is signed.
 *
 * @param method in upper case
 * @param uri path and query exactly as on the request line, neither decoded nor normalised
 * @param destination the server asked; our own name where the header names none
 * @param content the body, where there is one: absent for GET, present for {@code {}}
 */
public record SignedRequest(
        String method, String uri, ServerName origin, ServerName destination, Optional<JsonValue> content) {

    /** The canonical JSON that the signature is over. */
    public byte[] signingBytes() {
        return CanonicalJson.write(JsonObject.builder()
                .put("method", method)
                .put("uri", uri)
                .put("origin", origin.value())
                .put("destination", destination.value())
                .putIfPresent("content", content)
                .build());
    }

    /** Whether the signature, in base64, is that key's over this request. */
    public boolean verify(String signature, VerifyKey key) {
        return key.verify(signingBytes(), signature);
    }

    /** As {@link #verify(String, VerifyKey)}; only Ed25519 keys can sign. */
    public boolean verify(KeyId keyId, String signature, VerifyKey key) {
        return keyId.isEd25519() && verify(signature, key);
    }

    /** The value of the Authorization header for this request, signed with our key. */
    public String authorization(SigningKey key) {
        return header(origin, destination, key.id(), key.signBase64(signingBytes()));
    }

    /** The value of an Authorization header, in the form that the most servers read. */
    public static String header(ServerName origin, ServerName destination, KeyId keyId, String signature) {
        return "X-Matrix origin=\"" + origin + "\",destination=\"" + destination + "\",key=\"" + keyId + "\",sig=\""
                + signature + "\"";
    }
}
