package org.gatehouse.matrix.signing;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;

/** Signed JSON (Appendices, "Signing JSON"). */
public final class JsonSigning {

    private static final String SIGNATURES = "signatures";

    private JsonSigning() {}

    /** The object with our signature added to {@code signatures}; {@code unsigned} is not covered and stays. */
    public static JsonObject sign(JsonObject object, ServerName signer, SigningKey key) {
        return withSignature(object, signer, key.id(), key.signBase64(signingBytes(object)));
    }

    /** Whether the object bears a signature of that server and key, and it verifies. */
    public static boolean verify(JsonObject object, ServerName signer, KeyId keyId, VerifyKey key) {
        String signature = signatures(object, signer).get(keyId);
        return signature != null && key.verify(signingBytes(object), signature);
    }

    /** What is signed: the object without {@code signatures} and {@code unsigned}, in canonical form. */
    public static byte[] signingBytes(JsonObject object) {
        return CanonicalJson.write(object.without(SIGNATURES, "unsigned"));
    }

    /** The signatures of one server, by key ID. Entries that are not a key ID and a string are passed over. */
    public static SortedMap<KeyId, String> signatures(JsonObject object, ServerName signer) {
        SortedMap<KeyId, String> signatures = new TreeMap<>();
        object.object(SIGNATURES)
                .flatMap(all -> all.object(signer.value()))
                .ifPresent(ofServer -> ofServer.forEach((name, value) -> KeyId.tryParse(name)
                        .ifPresent(id -> value.asString().ifPresent(text -> signatures.put(id, text)))));
        return Collections.unmodifiableSortedMap(signatures);
    }

    /** The object with a signature added to those that it bears. */
    public static JsonObject withSignature(JsonObject object, ServerName signer, KeyId keyId, String signature) {
        JsonObject all = object.object(SIGNATURES).orElse(JsonObject.EMPTY);
        JsonObject ofServer = all.object(signer.value()).orElse(JsonObject.EMPTY);
        return object.with(SIGNATURES, all.with(signer.value(), ofServer.with(keyId.value(), signature)));
    }
}
