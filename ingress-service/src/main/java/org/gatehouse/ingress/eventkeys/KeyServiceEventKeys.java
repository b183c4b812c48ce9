package org.gatehouse.ingress.eventkeys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.KeyRing;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/** Asks key-service, once for all events, for what is not in the cache. */
@ApplicationScoped
class KeyServiceEventKeys implements EventKeys {

    private static final Duration KEPT = Duration.ofMinutes(10);

    private final InternalClient services;
    private final Clock clock;
    private final Cache<ServerName, ServerKeys> cache =
            Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(KEPT).build();

    KeyServiceEventKeys(InternalClient services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    @Override
    public Uni<KeyRing> ringFor(List<UnverifiedPdu> pdus) {
        SortedMap<ServerName, SortedSet<KeyId>> needed = needed(pdus);
        SortedMap<ServerName, SortedSet<KeyId>> missing = new TreeMap<>(needed);
        missing.entrySet().removeIf(entry -> isCached(entry.getKey(), entry.getValue()));
        return fetch(missing).map(fetched -> ring(needed, fetched));
    }

    private static SortedMap<ServerName, SortedSet<KeyId>> needed(List<UnverifiedPdu> pdus) {
        SortedMap<ServerName, SortedSet<KeyId>> needed = new TreeMap<>();
        for (UnverifiedPdu pdu : pdus) {
            PduChecks.requiredSignatures(pdu)
                    .forEach((server, keyIds) -> needed.computeIfAbsent(server, name -> new TreeSet<>())
                            .addAll(keyIds));
        }
        return needed;
    }

    private boolean isCached(ServerName server, SortedSet<KeyId> keyIds) {
        ServerKeys keys = cache.getIfPresent(server);
        return keys != null
                && keys.validUntilTs() > clock.millis()
                && keyIds.stream().allMatch(id -> keys.verifyKeys().containsKey(id)
                        || keys.oldVerifyKeys().containsKey(id));
    }

    private Uni<Map<ServerName, ServerKeys>> fetch(SortedMap<ServerName, SortedSet<KeyId>> missing) {
        if (missing.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        JsonObject servers = JsonObject.EMPTY;
        for (Map.Entry<ServerName, SortedSet<KeyId>> entry : missing.entrySet()) {
            List<String> ids = entry.getValue().stream().map(KeyId::toString).toList();
            servers = servers.with(entry.getKey().toString(), JsonArray.ofStrings(ids));
        }
        JsonObject wanted = JsonObject.EMPTY.with("servers", servers).with("minimum_valid_until_ts", clock.millis());
        return services.call(InternalOperation.VERIFY_KEYS, wanted)
                .map(answer -> VerifyKeysAnswer.read(answer.requireOk().json()))
                .invoke(cache.asMap()::putAll);
    }

    private KeyRing ring(
            SortedMap<ServerName, SortedSet<KeyId>> needed, Map<ServerName, ServerKeys> fetched) {
        List<ServerKeys> keys = new ArrayList<>(fetched.values());
        for (ServerName server : needed.keySet()) {
            ServerKeys cached = cache.getIfPresent(server);
            if (cached != null && !fetched.containsKey(server)) {
                keys.add(cached);
            }
        }
        return CachedKeyRing.of(keys);
    }
}
