package org.gatehouse.matrix.signing;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * The keys that a server publishes (Server-Server API, "Publishing Keys").
 *
 * @param server whose keys
 * @param verifyKeys its keys in use
 * @param oldVerifyKeys keys that it used before; good for events up to their end, never for requests
 * @param validUntilTs until when {@code verifyKeys} may be used, in milliseconds since the epoch; the caller lowers the
 *     published value to seven days after the fetch, see {@link #validNoLongerThan}
 * @param json the response as it was signed, to be handed on by a notary
 */
public record ServerKeys(
        ServerName server,
        SortedMap<KeyId, VerifyKey> verifyKeys,
        SortedMap<KeyId, OldKey> oldVerifyKeys,
        long validUntilTs,
        JsonObject json) {

    /** The most keys, old and new, that a response may hold. */
    public static final int MAX_KEYS = 200;

    /**
     * A key no longer in use.
     *
     * @param expiredTs when the server stopped using it, in milliseconds since the epoch
     */
    public record OldKey(VerifyKey key, long expiredTs) {}

    public ServerKeys {
        verifyKeys = Collections.unmodifiableSortedMap(new TreeMap<>(verifyKeys));
        oldVerifyKeys = Collections.unmodifiableSortedMap(new TreeMap<>(oldVerifyKeys));
    }

    /**
     * Reads a response and checks that it speaks for the server that was asked: same {@code server_name}, signed by one
     * of its own {@code verify_keys} and by none of them falsely. Single keys that cannot be used are passed over.
     *
     * @return empty if the response is to be ignored
     */
    public static Optional<ServerKeys> parse(ServerName asked, JsonObject response) {
        boolean named = response.string("server_name").equals(Optional.of(asked.value()));
        OptionalLong validUntil = response.integer("valid_until_ts");
        Optional<JsonObject> current = response.object("verify_keys");
        JsonObject old = response.object("old_verify_keys").orElse(JsonObject.EMPTY);
        if (!named
                || response.defect().isPresent()
                || validUntil.isEmpty()
                || validUntil.getAsLong() < 0
                || current.isEmpty()
                || current.get().size() + old.size() > MAX_KEYS) {
            return Optional.empty();
        }
        ServerKeys keys = new ServerKeys(
                asked,
                readable(current.get(), (id, entry) -> key(entry)),
                readable(old, (id, entry) -> oldKey(entry)),
                validUntil.getAsLong(),
                response);
        return keys.isSelfSigned() ? Optional.of(keys) : Optional.empty();
    }

    /** Our own response, signed by each of the keys in use. Keys are published in the order of their IDs. */
    public static JsonObject publish(
            ServerName server, List<SigningKey> inUse, Map<KeyId, OldKey> old, long validUntilTs) {
        JsonObject.Builder current = JsonObject.builder();
        inUse.forEach(key -> current.put(key.id().value(), keyEntry(key.verifyKey())));
        JsonObject.Builder former = JsonObject.builder();
        old.forEach((id, key) -> former.put(id.value(), keyEntry(key.key()).with("expired_ts", key.expiredTs())));
        JsonObject response = JsonObject.builder()
                .put("server_name", server.value())
                .put("valid_until_ts", validUntilTs)
                .put("verify_keys", current.build())
                .put("old_verify_keys", former.build())
                .build();
        for (SigningKey key : inUse) {
            response = JsonSigning.sign(response, server, key);
        }
        return response;
    }

    /** These keys, valid no longer than until the given time. */
    public ServerKeys validNoLongerThan(long latest) {
        return latest >= validUntilTs ? this : new ServerKeys(server, verifyKeys, oldVerifyKeys, latest, json);
    }

    private boolean isSelfSigned() {
        SortedMap<KeyId, String> signatures = new TreeMap<>(JsonSigning.signatures(json, server));
        signatures.keySet().retainAll(verifyKeys.keySet());
        byte[] signed = JsonSigning.signingBytes(json);
        return !signatures.isEmpty() && allVerify(signatures, signed);
    }

    private boolean allVerify(SortedMap<KeyId, String> signatures, byte[] signed) {
        Collection<Map.Entry<KeyId, String>> entries = signatures.entrySet();
        return entries.stream().allMatch(entry -> {
            VerifyKey key = verifyKeys.get(entry.getKey());
            return key != null && key.verify(signed, entry.getValue());
        });
    }

    private static <T> SortedMap<KeyId, T> readable(
            JsonObject entries, BiFunction<KeyId, JsonObject, Optional<T>> reader) {
        SortedMap<KeyId, T> read = new TreeMap<>();
        entries.forEach((name, value) -> KeyId.tryParse(name)
                .filter(KeyId::isEd25519)
                .ifPresent(id -> value.asObject()
                        .flatMap(entry -> reader.apply(id, entry))
                        .ifPresent(key -> read.put(id, key))));
        return read;
    }

    private static Optional<VerifyKey> key(JsonObject entry) {
        return entry.string("key").flatMap(VerifyKey::tryFromBase64);
    }

    private static Optional<OldKey> oldKey(JsonObject entry) {
        OptionalLong expired = entry.integer("expired_ts");
        return expired.isEmpty() ? Optional.empty() : key(entry).map(key -> new OldKey(key, expired.getAsLong()));
    }

    private static JsonObject keyEntry(VerifyKey key) {
        return JsonObject.of("key", new JsonString(key.toBase64()));
    }
}
