package org.gatehouse.requestauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.matrix.signing.VerifyKey;
import org.gatehouse.runtime.internal.ServiceUnavailable;
import org.junit.jupiter.api.Test;

class CachedVerifyKeysTest {

    private static final ServerName PEER = new ServerName("peer.example");
    private static final KeyId KEY = new KeyId("ed25519:a");
    private static final SortedSet<KeyId> CITED = new TreeSet<>(List.of(KEY));
    private static final VerifyKey PUBLIC =
            SigningKey.generate(new SecureRandom(), KEY).verifyKey();

    private final TestClock clock = new TestClock();
    private final AtomicInteger asked = new AtomicInteger();

    private static final class TestClock extends Clock implements Ticker {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public long read() {
            return Duration.between(Instant.EPOCH, now).toNanos();
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    @Test
    void keepsAnAnswerForAnHour() {
        CachedVerifyKeys keys = answering(Optional.of(validFor(Duration.ofDays(1))));

        find(keys);
        clock.pass(Duration.ofMinutes(59));
        find(keys);
        assertThat(asked).hasValue(1);
        clock.pass(Duration.ofMinutes(2));
        find(keys);

        assertThat(asked).hasValue(2);
    }

    @Test
    void keepsAnAnswerNoLongerThanItIsValid() {
        CachedVerifyKeys keys = answering(Optional.of(validFor(Duration.ofMinutes(10))));

        find(keys);
        clock.pass(Duration.ofMinutes(11));
        find(keys);

        assertThat(asked).hasValue(2);
    }

    @Test
    void keepsHalfAMinuteThatAServerOrItsKeyIsUnknown() {
        CachedVerifyKeys unknown = answering(Optional.empty());

        find(unknown);
        find(unknown);
        assertThat(asked).hasValue(1);
        clock.pass(Duration.ofSeconds(31));
        find(unknown);

        assertThat(asked).hasValue(2);
    }

    @Test
    void asksAgainForAKeyThatTheKeptAnswerLacks() {
        CachedVerifyKeys keys = answering(Optional.of(validFor(Duration.ofDays(1))));
        find(keys);

        keys.find(PEER, new TreeSet<>(List.of(new KeyId("ed25519:rotated"))))
                .await()
                .indefinitely();

        assertThat(asked).hasValue(2);
    }

    @Test
    void asksOnceForManyWhoAskAtTheSameTime() {
        List<UniEmitter<? super Optional<ServerKeys>>> waiting = new ArrayList<>();
        CachedVerifyKeys keys =
                new CachedVerifyKeys((server, cited) -> Uni.createFrom().emitter(waiting::add), clock, clock);
        List<CompletableFuture<Optional<ServerKeys>>> askers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            askers.add(keys.find(PEER, CITED).subscribeAsCompletionStage());
        }

        askers.get(0).cancel(true);
        waiting.get(0).complete(Optional.of(validFor(Duration.ofDays(1))));

        assertThat(waiting).hasSize(1);
        assertThat(askers.subList(1, 5))
                .allSatisfy(asker -> assertThat(asker.join()).isPresent());
    }

    @Test
    void doesNotKeepAFailure() {
        CachedVerifyKeys keys = new CachedVerifyKeys(
                (server, cited) -> {
                    asked.incrementAndGet();
                    return Uni.createFrom().failure(new ServiceUnavailable("key", "does not answer"));
                },
                clock,
                clock);

        assertThatThrownBy(() -> find(keys)).hasMessageContaining("does not answer");
        assertThatThrownBy(() -> find(keys)).hasMessageContaining("does not answer");

        assertThat(asked).hasValue(2);
    }

    /** X20: a flood of invented servers is bounded, and does not touch the peers that are known. */
    @Test
    void boundsTheQuestionsUnderWay() {
        CachedVerifyKeys keys = new CachedVerifyKeys(
                (server, cited) -> {
                    asked.incrementAndGet();
                    return server.equals(PEER)
                            ? Uni.createFrom().item(Optional.of(validFor(Duration.ofDays(1))))
                            : Uni.createFrom().nothing();
                },
                clock,
                clock);
        find(keys);

        List<CompletableFuture<Optional<ServerKeys>>> flood = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            flood.add(keys.find(new ServerName("s" + i + ".example"), CITED).subscribeAsCompletionStage());
        }

        assertThat(asked).hasValue(1 + CachedVerifyKeys.MAX_FETCHES);
        assertThat(flood.stream().filter(CompletableFuture::isDone))
                .hasSize(1_000 - CachedVerifyKeys.MAX_FETCHES)
                .allSatisfy(answer -> assertThat(answer.join()).isEmpty());
        assertThat(find(keys)).isPresent();
    }

    @Test
    void readsTheAnswerOfKeyService() {
        JsonObject entry = JsonObject.builder()
                .put("verify_keys", JsonObject.of("ed25519:a", key(PUBLIC.toBase64()), "ed25519:bad", key("AAAA")))
                .put(
                        "old_verify_keys",
                        JsonObject.of("ed25519:o", key(PUBLIC.toBase64()).with("expired_ts", 5)))
                .put("valid_until_ts", 7)
                .build();
        JsonObject answer = JsonObject.of("servers", JsonObject.of("peer.example", entry));

        ServerKeys keys = HttpVerifyKeys.read(PEER, answer).orElseThrow();

        assertThat(keys.verifyKeys()).containsOnlyKeys(KEY).containsEntry(KEY, PUBLIC);
        assertThat(keys.oldVerifyKeys()).containsOnlyKeys(new KeyId("ed25519:o"));
        assertThat(keys.validUntilTs()).isEqualTo(7);
        assertThat(HttpVerifyKeys.read(new ServerName("other.example"), answer)).isEmpty();
    }

    private static JsonObject key(String base64) {
        return JsonObject.builder().put("key", base64).build();
    }

    private CachedVerifyKeys answering(Optional<ServerKeys> answer) {
        return new CachedVerifyKeys(
                (server, cited) -> {
                    asked.incrementAndGet();
                    return Uni.createFrom().item(answer);
                },
                clock,
                clock);
    }

    private ServerKeys validFor(Duration time) {
        TreeMap<KeyId, VerifyKey> current = new TreeMap<>();
        current.put(KEY, PUBLIC);
        return new ServerKeys(PEER, current, new TreeMap<>(), clock.millis() + time.toMillis(), JsonObject.EMPTY);
    }

    private static Optional<ServerKeys> find(VerifyKeys keys) {
        return keys.find(PEER, CITED).await().indefinitely();
    }
}
