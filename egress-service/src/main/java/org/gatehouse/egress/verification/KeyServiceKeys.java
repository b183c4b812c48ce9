package org.gatehouse.egress.verification;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.egress.remote.InternalAnswers;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.ServerKeys.OldKey;
import org.gatehouse.matrix.signing.VerifyKey;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/** Asks key-service. */
@Singleton
class KeyServiceKeys implements VerifyKeys {

    private final InternalClient client;

    KeyServiceKeys(InternalClient client) {
        this.client = client;
    }

    @Override
    public List<ServerKeys> find(Map<ServerName, Set<KeyId>> wanted, long minimumValidUntilTs) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        JsonObject.Builder servers = JsonObject.builder();
        wanted.forEach((server, ids) -> servers.put(server.toString(), texts(ids)));
        JsonObject wish = JsonObject.builder()
                .put("servers", servers.build())
                .put("minimum_valid_until_ts", minimumValidUntilTs)
                .build();
        return read(InternalAnswers.json("key", client.await(InternalOperation.VERIFY_KEYS, wish)));
    }

    static List<ServerKeys> read(JsonObject answer) {
        List<ServerKeys> found = new ArrayList<>();
        answer.object("servers")
                .orElse(JsonObject.EMPTY)
                .forEach((name, keys) ->
                        keys.asObject().ifPresent(json -> found.add(read(new ServerName(name), json))));
        return found;
    }

    private static ServerKeys read(ServerName server, JsonObject keys) {
        SortedMap<KeyId, VerifyKey> current = new TreeMap<>();
        SortedMap<KeyId, OldKey> old = new TreeMap<>();
        forEach(keys, "verify_keys", (id, entry) -> key(entry).ifPresent(key -> current.put(id, key)));
        forEach(
                keys,
                "old_verify_keys",
                (id, entry) -> key(entry)
                        .ifPresent(key -> old.put(
                                id, new OldKey(key, entry.integer("expired_ts").orElse(0)))));
        return new ServerKeys(
                server, current, old, keys.integer("valid_until_ts").orElse(0), JsonObject.EMPTY);
    }

    private static Optional<VerifyKey> key(JsonObject entry) {
        return entry.string("key").flatMap(VerifyKey::tryFromBase64);
    }

    private static void forEach(
            JsonObject keys, String field, java.util.function.BiConsumer<KeyId, JsonObject> reader) {
        keys.object(field)
                .orElse(JsonObject.EMPTY)
                .forEach((name, value) -> KeyId.tryParse(name)
                        .ifPresent(id -> value.asObject().ifPresent(entry -> reader.accept(id, entry))));
    }

    private static JsonArray texts(Collection<KeyId> ids) {
        return JsonArray.ofStrings(ids.stream().map(KeyId::toString).toList());
    }
}
