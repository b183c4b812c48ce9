package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gatehouse.local.ClusterService;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.JsonSigning;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.FederationPeer.Answer;
import org.gatehouse.testkit.PeerIdentity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that lie about their keys, rows K01 to K06 and K11 of the list of hostile input: what they sign is not taken
 * at any door, they are asked once, and nobody else waits for it.
 */
@Tag("slow")
class TwoDoorsLyingKeysTest {

    private static final Duration IN_GOOD_TIME = Duration.ofSeconds(5);
    private static final int TRIES = 3;

    private final PairedCluster pair = Clusters.pair();
    private final ServerName server = pair.firstName();
    private final List<Integer> doors = List.of(
            pair.cluster().plan().portsOf(ClusterService.INGRESS).https(),
            pair.second(ClusterService.INGRESS).httpsPort());

    /** One way to publish keys, and whether a request signed with the true key is to be taken. */
    private record Published(String row, boolean isTaken, Function<PeerIdentity, Answer> answer) {
        @Override
        public String toString() {
            return row;
        }
    }

    static Stream<Published> lies() {
        Map<String, Function<PeerIdentity, Answer>> lies = new TreeMap<>();
        lies.put("K01 not signed", changed(keys -> keys.without("signatures")));
        lies.put("K01 signed before it was changed", changed(keys -> keys.with("valid_until_ts", later(2))));
        lies.put("K01 signed with another key", peer -> {
            SigningKey other =
                    SigningKey.generate(new SecureRandom(), peer.key().id());
            return Answer.ok(JsonSigning.sign(keys(peer).without("signatures"), peer.name(), other));
        });
        lies.put("K02 of another name", resigned(keys -> keys.with("server_name", "matrix.example")));
        lies.put("K03 valid until yesterday", resigned(keys -> keys.with("valid_until_ts", later(-1))));
        lies.put("K03 valid until a fraction", resigned(keys -> keys.with("valid_until_ts", new JsonNumber("1.5e12"))));
        lies.put("K03 valid until before time", resigned(keys -> keys.with("valid_until_ts", -5)));
        lies.put("K03 valid until a text", resigned(keys -> keys.with("valid_until_ts", "2099")));
        lies.put("K05 a short key", resigned(keys -> keys.with("verify_keys", only(keys, "AAAA"))));
        lies.put("K05 a key of small order", resigned(keys -> keys.with("verify_keys", only(keys, "A".repeat(43)))));
        lies.put(
                "K06 ten thousand keys",
                resigned(keys -> keys.with("verify_keys", withMore(keys, 10_000, "ed25519:k"))));
        lies.put("K06 ten megabytes", resigned(keys -> keys.with("padding", "x".repeat(10_000_000))));
        lies.put("K11 an error", peer -> new Answer(500, JsonObject.EMPTY));
        lies.put("K11 a redirect", peer -> new Answer(302, JsonObject.EMPTY));
        lies.put("K11 no object", peer -> Answer.ok(new JsonString("<html>")));
        Map<String, Function<PeerIdentity, Answer>> truths = new TreeMap<>();
        truths.put("K03 valid for ten years", resigned(keys -> keys.with("valid_until_ts", later(3_650))));
        truths.put(
                "K05 a true key among false ones",
                resigned(keys -> keys.with("verify_keys", withMore(keys, 5, "rsa:k"))));
        List<Published> all = new ArrayList<>();
        lies.forEach((row, answer) -> all.add(new Published(row, false, answer)));
        truths.forEach((row, answer) -> all.add(new Published(row, true, answer)));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("lies")
    void whatItSignsIsTakenOnlyIfItsKeysAre(Published published) {
        try (FederationPeer liar = Clusters.peer()) {
            liar.answer("/_matrix/key/v2/server", request -> published.answer().apply(liar.identity()));
            for (int door : doors) {
                liar.reachAt(server, "127.0.0.1:" + door);
                for (int i = 0; i < TRIES; i++) {
                    long start = System.nanoTime();

                    Answer answer = liar.sendTransaction(server, "lie-" + i, List.of());

                    assertThat(answer.status()).as("%s", answer).isEqualTo(published.isTaken() ? 200 : 401);
                    if (!published.isTaken()) {
                        assertThat(answer.object().string("errcode")).contains("M_UNAUTHORIZED");
                    }
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_GOOD_TIME);
                }
            }
            assertThat(liar.requests())
                    .as("asked once, and for nothing else")
                    .containsOnlyOnce("GET /_matrix/key/v2/server");
            assertThat(liar.requests()).hasSize(1);
        }
    }

    private static Function<PeerIdentity, Answer> changed(Function<JsonObject, JsonObject> change) {
        return peer -> Answer.ok(change.apply(keys(peer)));
    }

    /** Changed, and signed with the true key all the same. */
    private static Function<PeerIdentity, Answer> resigned(Function<JsonObject, JsonObject> change) {
        return peer ->
                Answer.ok(JsonSigning.sign(change.apply(keys(peer)).without("signatures"), peer.name(), peer.key()));
    }

    private static JsonObject keys(PeerIdentity peer) {
        return peer.publishedKeys(later(1));
    }

    private static long later(int days) {
        return System.currentTimeMillis() + Duration.ofDays(days).toMillis();
    }

    private static JsonObject only(JsonObject keys, String key) {
        String id = keys.object("verify_keys").orElseThrow().names().get(0);
        return JsonObject.of(id, JsonObject.of("key", new JsonString(key)));
    }

    private static JsonValue withMore(JsonObject keys, int count, String ids) {
        JsonObject verifyKeys = keys.object("verify_keys").orElseThrow();
        JsonObject.Builder more = JsonObject.builder();
        verifyKeys.forEach(more::put);
        for (int i = 0; i < count; i++) {
            more.put(ids + i, verifyKeys.get(verifyKeys.names().get(0)).orElseThrow());
        }
        return more.build();
    }
}
