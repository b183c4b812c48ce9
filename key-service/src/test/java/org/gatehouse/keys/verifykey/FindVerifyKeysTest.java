package org.gatehouse.keys.verifykey;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.gatehouse.keys.MovingClock;
import org.gatehouse.keys.ownkey.HostedKeys;
import org.gatehouse.keys.ownkey.OwnKeys;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.JsonSigning;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.ServerKeys.OldKey;
import org.gatehouse.matrix.signing.SigningKey;
import org.junit.jupiter.api.Test;

/** Rows K01 to K06, K10 and K11 of the hostile input list, and when a server is asked at all. */
class FindVerifyKeysTest {

    private static final ServerName REMOTE = new ServerName("remote.example");
    private static final ServerName OURS = new ServerName("a.example");
    private static final KeyId ONE = new KeyId("ed25519:one");
    private static final KeyId TWO = new KeyId("ed25519:two");

    private final SecureRandom random = new SecureRandom();
    private final MovingClock clock = new MovingClock();
    private final SigningKey key = SigningKey.generate(random, ONE);
    private final SigningKey secondKey = SigningKey.generate(random, TWO);
    private final Map<ServerName, KnownKeys> stored = new HashMap<>();
    private final List<ServerName> asked = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Supplier<Uni<Optional<byte[]>>> answer = () -> answer(keys(week(), key));
    private final FindVerifyKeys find = newInstance();

    @Test
    void asksTheServerStoresAndRemembers() {
        assertThat(one(ONE).current()).containsEntry(ONE, key.verifyKey());
        one(ONE);

        assertThat(asked).containsExactly(REMOTE);
        assertThat(stored.get(REMOTE).current()).containsOnlyKeys(ONE);
    }

    @Test
    void aNewInstanceAnswersFromTheStore() {
        one(ONE);

        List<KnownKeys> found =
                newInstance().findKnown(Map.of(REMOTE, List.of(ONE)), 0).await().indefinitely();

        assertThat(found).hasSize(1);
        assertThat(asked).hasSize(1);
    }

    @Test
    void answersForOurOwnNamesWithoutAsking() {
        List<KnownKeys> found =
                find.findKnown(Map.of(OURS, List.of()), clock.millis()).await().indefinitely();

        assertThat(found.get(0).current()).containsOnlyKeys(new KeyId("ed25519:ours"));
        assertThat(asked).isEmpty();
    }

    @Test
    void k01IgnoresAnAnswerThatIsNotSelfSigned() {
        assertIgnored(keys(week(), key).without("signatures"));
        assertIgnored(keys(week(), key).with("valid_until_ts", week() + 1));
        assertIgnored(JsonSigning.sign(keys(week(), key).without("signatures"), REMOTE, secondKey));
    }

    @Test
    void k02IgnoresAnAnswerOfAnotherName() {
        assertIgnored(ServerKeys.publish(new ServerName("other.example"), List.of(key), Map.of(), week()));
    }

    @Test
    void k03BelievesNoValidityOverSevenDays() {
        answer = () -> answer(keys(clock.millis() + Duration.ofDays(3650).toMillis(), key));

        assertThat(one(ONE).validUntilTs()).isEqualTo(week());
    }

    @Test
    void k03KeepsAPastValidityAsItIs() {
        answer = () -> answer(keys(clock.millis() - 1000, key));

        assertThat(one(ONE).validUntilTs()).isEqualTo(clock.millis() - 1000);
    }

    @Test
    void k03IgnoresAValidityThatIsNoTime() {
        for (JsonValue validity : List.of(new JsonNumber("1.5e12"), new JsonNumber("-5"), new JsonString("9"))) {
            assertIgnored(resigned(keys(week(), key).with("valid_until_ts", validity)));
        }
    }

    @Test
    void k04KeepsTheFirstKeyOfAnId() {
        one(ONE);
        clock.move(Duration.ofMinutes(1));
        SigningKey impostor = SigningKey.generate(random, ONE);
        answer = () -> answer(keys(week(), impostor, secondKey));

        KnownKeys after = one(TWO);

        assertThat(after.current()).containsEntry(TWO, secondKey.verifyKey());
        assertThat(after.current().get(ONE)).isNotEqualTo(impostor.verifyKey());
        assertThat(after.old().get(ONE).key()).isEqualTo(key.verifyKey());
    }

    @Test
    void k05PassesOverKeysThatAreNone() {
        JsonObject body = keys(week(), key);
        JsonObject spoilt = body.object("verify_keys").orElseThrow();
        spoilt = spoilt.with("ed25519:short", JsonObject.of("key", new JsonString("AAAA")));
        spoilt = spoilt.with("ed25519:small", JsonObject.of("key", new JsonString("A".repeat(43))));
        spoilt = spoilt.with(
                "rsa:x", JsonObject.of("key", new JsonString(key.verifyKey().toBase64())));
        JsonObject answered = resigned(body.with("verify_keys", spoilt));
        answer = () -> answer(answered);

        assertThat(one(ONE).current()).containsOnlyKeys(ONE);
    }

    @Test
    void k06IgnoresAnAnswerWithTooManyKeysOrBytes() {
        JsonObject body = keys(week(), key);
        JsonObject many = body.object("verify_keys").orElseThrow();
        for (int i = 0; i < 10_000; i++) {
            many = i % 100 == 0 || many.size() < 201
                    ? many.with(
                            "ed25519:k" + i,
                            JsonObject.of("key", new JsonString(key.verifyKey().toBase64())))
                    : many;
        }
        assertIgnored(resigned(body.with("verify_keys", many)));
        assertIgnored(resigned(body.with("padding", "x".repeat(1024 * 1024))));
    }

    @Test
    void keysThatAreNoLongerNamedStayGoodForOldEvents() {
        one(ONE);
        long until = week();
        clock.move(Duration.ofDays(8));
        answer = () -> answer(keys(week(), secondKey));

        KnownKeys after = one(TWO);

        assertThat(after.current()).containsOnlyKeys(TWO);
        assertThat(after.old()).containsEntry(ONE, new OldKey(key.verifyKey(), until));
    }

    @Test
    void asksAgainForAnUnknownKeyButNotWithinThirtySeconds() {
        one(ONE);
        one(TWO);
        assertThat(asked).hasSize(1);

        clock.move(Duration.ofSeconds(30));
        answer = () -> answer(keys(week(), key, secondKey));

        assertThat(one(TWO).current()).containsOnlyKeys(ONE, TWO);
        assertThat(asked).hasSize(2);
    }

    @Test
    void k10AFarValidityIsAskedForAtMostEveryThirtySeconds() {
        for (int i = 0; i < 10; i++) {
            find.findKnown(Map.of(REMOTE, List.of(ONE)), Long.MAX_VALUE).await().indefinitely();
            clock.move(Duration.ofSeconds(10));
        }

        assertThat(asked).hasSize(4);
    }

    @Test
    void k11BacksOffFromAServerThatFailsUpToAnHour() {
        answer = () -> Uni.createFrom().item(Optional.empty());
        List<Duration> pauses = new ArrayList<>();
        Duration pause = Duration.ZERO;
        while (pauses.size() < 10) {
            int before = asked.size();
            find.findKnown(Map.of(REMOTE, List.of(ONE)), 0).await().indefinitely();
            if (asked.size() > before) {
                pauses.add(pause);
                pause = Duration.ZERO;
            }
            clock.move(Duration.ofSeconds(30));
            pause = pause.plusSeconds(30);
        }

        assertThat(pauses.subList(0, 5))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(240));
        assertThat(pauses.get(9)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aServerIsNotBlamedIfEgressDoesNotAnswer() {
        answer = () -> Uni.createFrom().failure(new IllegalStateException("egress is down"));
        find.findKnown(Map.of(REMOTE, List.of(ONE)), 0).await().indefinitely();
        answer = () -> answer(keys(week(), key));
        clock.move(Patience.HELD_UP);

        assertThat(one(ONE).current()).containsOnlyKeys(ONE);
    }

    @Test
    void k11AFailureLeavesWhatIsKnown() {
        one(ONE);
        clock.move(Duration.ofDays(1));
        answer = () -> Uni.createFrom().item(Optional.of("<html>".getBytes()));

        assertThat(one(TWO).current()).containsOnlyKeys(ONE);
    }

    @Test
    void asksOnceForManyWhoAskAtOnce() {
        List<UniEmitter<? super Optional<byte[]>>> pending = new ArrayList<>();
        answer = () -> Uni.createFrom().emitter(pending::add);
        List<List<KnownKeys>> found = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            find.findKnown(Map.of(REMOTE, List.of(ONE)), 0).subscribe().with(found::add);
        }

        pending.get(0).complete(Optional.of(CanonicalJson.write(keys(week(), key))));

        assertThat(asked).hasSize(1);
        assertThat(found).hasSize(5).allSatisfy(each -> assertThat(each).hasSize(1));
    }

    @Test
    void countsWhereKeysCameFrom() {
        answer = () -> Uni.createFrom().failure(new IllegalStateException("egress is down"));
        lookAfter(Duration.ZERO);
        answer = () -> Uni.createFrom().item(Optional.empty());
        lookAfter(Duration.ofHours(2));
        answer = () -> Uni.createFrom().item(Optional.of("<html>".getBytes()));
        lookAfter(Duration.ofHours(2));
        answer = () -> answer(keys(week(), key));
        lookAfter(Duration.ofHours(2));
        lookAfter(Duration.ZERO);

        assertThat(counted("direct", "failed")).isEqualTo(1);
        assertThat(counted("direct", "unreachable")).isEqualTo(1);
        assertThat(counted("direct", "invalid")).isEqualTo(1);
        assertThat(counted("direct", "found")).isEqualTo(1);
        assertThat(counted("cache", "found")).isEqualTo(1);
    }

    private void lookAfter(Duration pause) {
        clock.move(pause);
        find.findKnown(Map.of(REMOTE, List.of(ONE)), 0).await().indefinitely();
    }

    private double counted(String via, String outcome) {
        return meters.counter("matrix_federation_key_fetch_total", "via", via, "outcome", outcome)
                .count();
    }

    private void assertIgnored(JsonObject body) {
        FindVerifyKeys fresh = newInstance();
        answer = () -> answer(body);
        assertThat(fresh.findKnown(Map.of(REMOTE, List.of(ONE)), 0).await().indefinitely())
                .isEmpty();
        assertThat(stored).isEmpty();
    }

    private FindVerifyKeys newInstance() {
        SigningKey ours = SigningKey.generate(random, new KeyId("ed25519:ours"));
        OwnKeys ownKeys = new OwnKeys(List.of(new HostedKeys(OURS, List.of(ours), new TreeMap<>())), clock);
        return new FindVerifyKeys(ownKeys, new InMemoryStore(), this::fetch, clock, new KeyFetchMeters(meters));
    }

    private Uni<Optional<byte[]>> fetch(ServerName server) {
        asked.add(server);
        return answer.get();
    }

    private KnownKeys one(KeyId id) {
        List<KnownKeys> found =
                find.findKnown(Map.of(REMOTE, List.of(id)), 0).await().indefinitely();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private long week() {
        return clock.millis() + Duration.ofDays(7).toMillis();
    }

    private static JsonObject keys(long validUntil, SigningKey... keys) {
        return ServerKeys.publish(REMOTE, List.of(keys), Map.of(), validUntil);
    }

    private JsonObject resigned(JsonObject body) {
        return JsonSigning.sign(body.without("signatures"), REMOTE, key);
    }

    private static Uni<Optional<byte[]>> answer(JsonObject body) {
        return Uni.createFrom().item(Optional.of(CanonicalJson.write(body)));
    }

    private final class InMemoryStore implements StoredKeys {
        @Override
        public Uni<Optional<KnownKeys>> find(ServerName server) {
            return Uni.createFrom()
                    .item(Optional.ofNullable(stored.get(server))
                            .map(keys -> KnownKeys.fromJson(server, keys.toJson())));
        }

        @Override
        public Uni<Void> put(KnownKeys keys) {
            stored.put(keys.server(), keys);
            return Uni.createFrom().voidItem();
        }
    }
}
