package org.gatehouse.ingress.eventkeys;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.ServerKeys.OldKey;
import org.gatehouse.matrix.signing.VerifyKey;

/** Reads key-service's answer to VERIFY_KEYS, which has checked the keys. */
final class VerifyKeysAnswer {

    private VerifyKeysAnswer() {}

    static Map<ServerName, ServerKeys> read(JsonObject answer) {
        Map<ServerName, ServerKeys> keys = new TreeMap<>();
        answer.object("servers").orElse(JsonObject.EMPTY).forEach((name, value) -> {
            ServerName server = new ServerName(name);
            keys.put(server, serverKeys(server, (JsonObject) value));
        });
        return keys;
    }

    private static ServerKeys serverKeys(ServerName server, JsonObject json) {
        return new ServerKeys(
                server,
                read(json, "verify_keys", VerifyKeysAnswer::key),
                read(json, "old_verify_keys", entry -> key(entry)
                        .map(key -> new OldKey(key, entry.integer("expired_ts").orElse(0)))),
                json.integer("valid_until_ts").orElse(0),
                JsonObject.EMPTY);
    }

    private static Optional<VerifyKey> key(JsonObject entry) {
        return entry.string("key").flatMap(VerifyKey::tryFromBase64);
    }

    private static <K> TreeMap<KeyId, K> read(
            JsonObject json, String name, Function<JsonObject, Optional<K>> reading) {
        TreeMap<KeyId, K> keys = new TreeMap<>();
        json.object(name).orElse(JsonObject.EMPTY).forEach((id, value) -> reading.apply((JsonObject) value)
                .ifPresent(key -> keys.put(new KeyId(id), key)));
        return keys;
    }
}
