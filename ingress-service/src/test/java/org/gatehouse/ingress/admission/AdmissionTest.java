package org.gatehouse.ingress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.ingress.surface.Door;
import org.gatehouse.ingress.surface.InMemoryRooms;
import org.gatehouse.ingress.surface.PublishedKeys;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.Test;

/** Shares, budgets and an absent Kafka, as peers see them. */
@QuarkusTest
@TestProfile(AdmissionTest.SmallLimits.class)
class AdmissionTest {

    /** Limits that a test reaches. */
    public static class SmallLimits implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gatehouse.admission.origin-concurrency", "2",
                    "gatehouse.admission.origin-rate", "10",
                    "gatehouse.admission.origin-burst", "20",
                    "gatehouse.admission.longest-turn", "1s",
                    "gatehouse.request-authentication.bodies-in-flight", "200K");
        }
    }

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final PeerIdentity peer = PeerIdentity.of("peer" + NAMES.incrementAndGet() + ".example");

    @Inject
    InMemoryRooms rooms;

    @Inject
    PublishedKeys keys;

    @Inject
    MeterRegistry meters;

    @TestHTTPResource("/")
    URL url;

    private Door.Answer send(PeerIdentity from, String txnId, JsonObject body) {
        keys.publish(from);
        return new Door(url).signed(from, "PUT", "/_matrix/federation/v1/send/" + txnId, Optional.of(body));
    }

    @Test
    void refusesAnOriginBeyondItsShareAndNoOther() throws Exception {
        PeerIdentity quiet = PeerIdentity.of("quiet.example");
        for (int i = 0; i < 22; i++) {
            assertThat(send(peer, "one-at-a-time" + i, JsonObject.EMPTY).status())
                    .isEqualTo(200);
        }
        ExecutorService threads = Executors.newFixedThreadPool(12);
        List<CompletableFuture<Door.Answer>> many = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String txnId = "at-a-time" + i;
            many.add(CompletableFuture.supplyAsync(() -> send(peer, txnId, JsonObject.EMPTY), threads));
        }
        long start = System.nanoTime();
        Door.Answer other = send(quiet, "t", JsonObject.EMPTY);

        assertThat(other.status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        List<Door.Answer> answers = new ArrayList<>();
        for (CompletableFuture<Door.Answer> each : many) {
            answers.add(each.get(20, TimeUnit.SECONDS));
        }
        threads.shutdown();
        assertThat(answers).extracting(Door.Answer::status).contains(200, 429).containsOnly(200, 429);
        Door.Answer refused = answers.stream()
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.errcode()).contains("M_LIMIT_EXCEEDED");
        assertThat(refused.json().integer("retry_after_ms").orElse(0)).isGreaterThanOrEqualTo(1_000);
        assertThat(refused.header("Retry-After").map(Integer::parseInt).orElse(0))
                .isPositive();
        TimeUnit.MILLISECONDS.sleep(1_500);
        assertThat(send(peer, "later", JsonObject.EMPTY).status()).isEqualTo(200);
    }

    @Test
    void answers503WithinFiveSecondsIfKafkaTakesNothing() {
        PeerRoom room = PeerRoom.create(peer, RoomVersions.V11, "ann");
        rooms.know(new RoomFacts(room.roomId(), "11", Optional.empty(), false, Map.of(Door.OURS, 1), List.of(), 0));
        Pdu message = room.message(peer.user("ann"), "said");
        send(peer, "first", JsonObject.EMPTY);
        long start = System.nanoTime();

        Door.Answer answer = send(peer, "t", JsonObject.EMPTY.with("pdus", JsonArray.of(message.json())));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(5_500));
    }

    @Test
    void readsALargeBodyAwayFromTheEventLoop() {
        JsonObject large = JsonObject.EMPTY.with("pad", "x".repeat(60_000));

        assertThat(send(peer, "large", large).status()).isEqualTo(200);
    }

    @Test
    void answers503WhenTooManyBytesOfBodiesAreHeldAndTakesTheNextWhenTheyAreGone() throws Exception {
        JsonObject body = JsonObject.EMPTY.with("pad", "x".repeat(50_000));
        try (Socket slow = new Socket("localhost", url.getPort())) {
            holdNinetyThousandBytes(slow);

            Door.Answer answer = send(peer, "crowded", body);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isPresent();
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        int status = 503;
        while (status != 200 && System.nanoTime() < deadline) {
            status = send(peer, "room-again", body).status();
        }
        assertThat(status).isEqualTo(200);
    }

    private void holdNinetyThousandBytes(Socket slow) throws IOException, InterruptedException {
        String header = peer.authorization("PUT", "/_matrix/federation/v1/send/s", Door.OURS, Optional.empty());
        String head = "PUT /_matrix/federation/v1/send/s HTTP/1.1\r\nHost: ours.example\r\nAuthorization: " + header
                + "\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(90_000);
        slow.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        slow.getOutputStream().flush();
        TimeUnit.MILLISECONDS.sleep(500);
    }

    @Test
    void countsARefusalOnceWhicheverClassRefused() {
        double before = refusals();

        new Door(url).unsigned("PUT", "/_matrix/federation/v1/send/t");

        assertThat(refusals()).isEqualTo(before + 1);
    }

    private double refusals() {
        return meters.find("matrix_federation_refused_requests_total").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
