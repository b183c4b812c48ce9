package org.gatehouse.keys.verifykey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.gatehouse.keys.ownkey.OwnKeys;
import org.gatehouse.keys.verifykey.KeyFetchMeters.Outcome;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;
import org.jboss.logging.Logger;

/** Finds the keys of servers: our own in memory, others' in memory, in the store, and at last at the server itself. */
@Singleton
public class FindVerifyKeys {

    private static final Logger LOG = Logger.getLogger(FindVerifyKeys.class);
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;
    private static final int MAX_CACHED = 50_000;
    private static final int SIDE_BY_SIDE = 64;

    /** Servers that have not answered by then are left out of an answer; their keys are kept when they come. */
    private static final Duration WAIT = Duration.ofSeconds(12);

    private final OwnKeys ownKeys;
    private final StoredKeys store;
    private final RemoteKeys remote;
    private final Patience patience;
    private final Clock clock;
    private final KeyFetchMeters meters;
    private final Cache<ServerName, KnownKeys> cache =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();
    private final ConcurrentMap<ServerName, Uni<Optional<KnownKeys>>> underWay = new ConcurrentHashMap<>();

    FindVerifyKeys(OwnKeys ownKeys, StoredKeys store, RemoteKeys remote, Clock clock, KeyFetchMeters meters) {
        this.ownKeys = ownKeys;
        this.store = store;
        this.remote = remote;
        this.patience = new Patience(clock);
        this.clock = clock;
        this.meters = meters;
    }

    /** As {@link #findKnown}, in the form that a key ring takes. */
    public Uni<List<ServerKeys>> find(Map<ServerName, List<KeyId>> wanted, long minimumValidUntilTs) {
        return findKnown(wanted, minimumValidUntilTs)
                .map(known -> known.stream().map(KnownKeys::asServerKeys).toList());
    }

    /**
     * The keys of each server, all that are known of it. A server of which nothing is known, now that it was asked, is
     * left out.
     *
     * @param wanted the key IDs wanted; an empty list wants any
     */
    Uni<List<KnownKeys>> findKnown(Map<ServerName, List<KeyId>> wanted, long minimumValidUntilTs) {
        long end = clock.millis() + WAIT.toMillis();
        return Multi.createFrom()
                .iterable(wanted.entrySet())
                .onItem()
                .transformToUni(each -> find(each.getKey(), each.getValue(), minimumValidUntilTs, end))
                .merge(SIDE_BY_SIDE)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private Uni<Optional<KnownKeys>> find(ServerName server, List<KeyId> ids, long minimumValidUntilTs, long end) {
        if (ownKeys.of(server).isPresent()) {
            return Uni.createFrom()
                    .item(() -> ownKeys.publishedBy(server).map(published -> KnownKeys.of(published, clock.millis())));
        }
        return known(server)
                .chain(known -> known.isPresent() && known.get().suffices(ids, minimumValidUntilTs)
                        ? Uni.createFrom().item(known).invoke(meters::known)
                        : refresh(server, known, end));
    }

    private Uni<Optional<KnownKeys>> known(ServerName server) {
        KnownKeys cached = cache.getIfPresent(server);
        return cached != null
                ? Uni.createFrom().item(Optional.of(cached))
                : store.find(server).invoke(this::remember);
    }

    private Uni<Optional<KnownKeys>> refresh(ServerName server, Optional<KnownKeys> known, long end) {
        long left = end - clock.millis();
        if (left <= 0 || !(underWay.containsKey(server) || patience.mayAsk(server))) {
            return Uni.createFrom().item(known);
        }
        return ask(server)
                .ifNoItem()
                .after(Duration.ofMillis(left))
                .recoverWithItem(known)
                .map(fresh -> fresh.or(() -> known));
    }

    /** One question per server at a time: who asks meanwhile gets the same answer. */
    private Uni<Optional<KnownKeys>> ask(ServerName server) {
        return underWay.computeIfAbsent(
                server,
                name -> remote.fetch(name)
                        .chain(body -> take(name, body))
                        .onFailure()
                        .recoverWithItem(failure -> heldUp(name, failure))
                        .onTermination()
                        .invoke(() -> underWay.remove(name))
                        .memoize()
                        .indefinitely());
    }

    private Uni<Optional<KnownKeys>> take(ServerName server, Optional<byte[]> body) {
        Optional<ServerKeys> answer = body.flatMap(bytes -> read(server, bytes));
        if (answer.isEmpty()) {
            return Uni.createFrom().item(unanswered(server, body.isEmpty() ? Outcome.UNREACHABLE : Outcome.INVALID));
        }
        patience.answered(server);
        KnownKeys newer = KnownKeys.of(answer.get(), clock.millis());
        // From the store, not the cache: another instance may have learnt more meanwhile.
        return store.find(server)
                .map(known -> known.map(older -> merge(older, newer)).orElse(newer))
                .call(store::put)
                .map(Optional::of)
                .invoke(this::remember)
                .invoke(() -> meters.asked(Outcome.FOUND));
    }

    private static Optional<ServerKeys> read(ServerName server, byte[] body) {
        if (body.length > MAX_ANSWER_BYTES) {
            return Optional.empty();
        }
        try {
            return ServerKeys.parse(server, StrictJson.parseObject(body));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    private static KnownKeys merge(KnownKeys older, KnownKeys newer) {
        KnownKeys.Merged merged = older.merge(newer);
        if (!merged.conflicts().isEmpty()) {
            LOG.errorf(
                    "server %s now shows other keys under known key IDs %s: the old ones are kept",
                    older.server(), merged.conflicts());
        }
        return merged.keys();
    }

    private Optional<KnownKeys> unanswered(ServerName server, Outcome outcome) {
        patience.failed(server);
        meters.asked(outcome);
        LOG.infof("keys of server %s cannot be had: %s", server, outcome);
        return Optional.empty();
    }

    private Optional<KnownKeys> heldUp(ServerName server, Throwable failure) {
        patience.heldUp(server);
        meters.asked(Outcome.FAILED);
        LOG.warnf("keys of server %s could not be asked for: %s", server, failure.getMessage());
        return Optional.empty();
    }

    private void remember(Optional<KnownKeys> known) {
        known.ifPresent(keys -> cache.put(keys.server(), keys));
    }
}
