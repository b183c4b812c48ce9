package org.gatehouse.requestauth;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.VerifyKey;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/** Asks key-service. */
final class HttpVerifyKeys implements VerifyKeys {

    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final InternalClient client;
    private final Clock clock;

    HttpVerifyKeys(InternalClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<ServerKeys>> find(ServerName server, SortedSet<KeyId> cited) {
        JsonArray ids = JsonArray.ofStrings(cited.stream().map(KeyId::value).toList());
        JsonObject question = JsonObject.builder()
                .put("servers", JsonObject.of(server.value(), ids))
                .put("minimum_valid_until_ts", clock.millis())
                .build();
        return client.call(InternalCall.to(InternalOperation.VERIFY_KEYS)
                        .body(question)
                        .deadline(DEADLINE))
                .map(answer -> read(server, answer.requireOk().json()));
    }

    static Optional<ServerKeys> read(ServerName server, JsonObject answer) {
        return answer.object("servers")
                .flatMap(servers -> servers.object(server.value()))
                .map(entry -> keysOf(server, entry));
    }

    private static ServerKeys keysOf(ServerName server, JsonObject entry) {
        SortedMap<KeyId, VerifyKey> current = new TreeMap<>();
        forEachKey(
                entry,
                "verify_keys",
                (id, key) -> key.string("key")
                        .flatMap(VerifyKey::tryFromBase64)
                        .ifPresent(usable -> current.put(id, usable)));
        SortedMap<KeyId, ServerKeys.OldKey> former = new TreeMap<>();
        forEachKey(
                entry,
                "old_verify_keys",
                (id, key) -> key.string("key").flatMap(VerifyKey::tryFromBase64).ifPresent(usable -> {
                    OptionalLong expired = key.integer("expired_ts");
                    if (expired.isPresent()) {
                        former.put(id, new ServerKeys.OldKey(usable, expired.getAsLong()));
                    }
                }));
        return new ServerKeys(
                server, current, former, entry.integer("valid_until_ts").orElse(0), entry);
    }

    private static void forEachKey(JsonObject entry, String field, BiConsumer<KeyId, JsonObject> take) {
        entry.object(field)
                .ifPresent(keys -> keys.forEach((name, value) -> KeyId.tryParse(name)
                        .filter(KeyId::isEd25519)
                        .ifPresent(id -> value.asObject().ifPresent(key -> take.accept(id, key)))));
    }
}
