package org.gatehouse.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows H01 to H27 of the list of hostile input, over real sockets. */
class DoorServerTest {

    private static final String OK = "HTTP/1.1 200";
    private static final int MAX_BODY = 100_000;
    private static final int LARGE = 16_000_000;
    private static final long UNREAD_IN_ALL = 4L * LARGE;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final AtomicInteger reached = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private DoorServer server;

    @BeforeEach
    void open() throws Exception {
        open(Duration.ofSeconds(1), 8, List.of());
    }

    private void open(Duration patience, int connectionsPerAddress, List<String> proxies) throws Exception {
        HttpServerOptions options = FederationListener.base()
                .setPort(0)
                .setHost("127.0.0.1")
                .setMaxHeaderSize(16_384)
                .setMaxInitialLineLength(8_192);
        DoorLimits limits = new DoorLimits(
                patience,
                patience.multipliedBy(2),
                patience.multipliedBy(3),
                patience,
                1_000,
                MAX_BODY,
                100,
                10,
                connectionsPerAddress,
                UNREAD_IN_ALL,
                Duration.ofMillis(50),
                Duration.ofMillis(500));
        server = new DoorServer(
                vertx,
                options,
                limits,
                new TrustedProxies(proxies),
                (address, rule, reason) -> refused.add(rule),
                this::serve);
        server.open(1).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void serve(HttpServerRequest request) {
        reached.incrementAndGet();
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        if (request.uri().startsWith("/large")) {
            underWay.decrementAndGet();
            request.response().end(Buffer.buffer(new byte[LARGE]));
            return;
        }
        if (request.uri().startsWith("/unread")) {
            request.pause();
            underWay.decrementAndGet();
            request.response().setStatusCode(404).end("not read");
            return;
        }
        request.body()
                .onSuccess(body -> vertx.runOnContext(later -> {
                    underWay.decrementAndGet();
                    request.response().end(request.uri() + " " + body.length());
                }));
    }

    private RawPeer peer() throws IOException {
        return RawPeer.to(server.port());
    }

    private String answer(String request) throws IOException {
        try (RawPeer peer = peer()) {
            return peer.send(request).readToEnd();
        }
    }

    private static String put(String headers, String body) {
        return "PUT /x HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
    }

    /** Refused, said to be so with one line, and nothing behind the head was taken for a second request. */
    private void assertRefused(String request, int status, String rule) throws IOException {
        refused.clear();
        reached.set(0);

        String answer = answer(request);

        assertThat(answer)
                .as(request)
                .matches("(?s)HTTP/1\\.[01] " + status + " .*")
                .contains("\"errcode\":\"M_");
        assertThat(answer.split("HTTP/1", -1)).as(answer).hasSize(2);
        assertThat(refused).containsExactly(rule);
        assertThat(reached).hasValue(0);
    }

    @Test
    void takesAnOrdinaryRequestWithAnyContentType() throws Exception {
        assertThat(answer(put("Content-Length: 2\r\nConnection: close\r\n", "{}")))
                .startsWith(OK);
        assertThat(answer(put("Content-Length: 2\r\nContent-Type: text/plain\r\nConnection: close\r\n", "{}")))
                .startsWith(OK);
        assertThat(answer(put("Transfer-Encoding: chunked\r\nConnection: close\r\n", "2\r\n{}\r\n0\r\n\r\n")))
                .startsWith(OK)
                .endsWith("/x 2");
        assertThat(answer(put("Content-Encoding: identity\r\nContent-Length: 2\r\nConnection: close\r\n", "{}")))
                .startsWith(OK);
        assertThat(refused).isEmpty();
    }

    @Test
    void refusesAHeadWhoseBodyHasTwoLengths() throws Exception {
        String smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
        assertRefused(
                put("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled),
                400,
                "http-malformed");
        assertRefused(put("Content-Length: 2\r\nContent-Length: 3\r\n", "{}" + smuggled), 400, "http-malformed");
    }

    @Test
    void refusesALengthThatIsNoNumber() throws Exception {
        for (String length : List.of("+5", "5, 6", "0x5", "-5", "99999999999999999999")) {
            assertRefused(put("Content-Length: " + length + "\r\n", "{}"), 400, "http-malformed");
        }
    }

    @Test
    void refusesTransferCodingsOtherThanChunked() throws Exception {
        for (String coding :
                List.of("xchunked", "chunked, identity", "identity", "gzip, chunked", "chunked, chunked")) {
            assertRefused(put("Transfer-Encoding: " + coding + "\r\n", "0\r\n\r\n"), 400, "http-framing");
        }
    }

    @Test
    void refusesHeadersThatReadersReadDifferently() throws Exception {
        for (String header :
                List.of("Content-Length : 2", "X: a\u0000b", "X Y: 1", ": 1", "X: a\r b", "X\u00e9: 1", "X")) {
            assertRefused(put(header + "\r\n", "{}"), 400, "http-malformed");
        }
        assertRefused("GET /x HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400, "http-malformed");
    }

    /** RFC 9112 section 5.2: refuse a folded line, or read the fold as a space. */
    @Test
    void readsAFoldedHeaderAsOneValue() throws Exception {
        String folded = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: b\r\n Host: c\r\n\r\n";

        assertThat(answer(folded)).startsWith(OK);
        assertRefused("GET /x HTTP/1.1\r\nX: b\r\n Host: c\r\n\r\n", 400, "http-host");
    }

    @Test
    void refusesChunksThatAreNone() throws Exception {
        for (String size : List.of("FFFFFFFFFFFFFFFF", "-1", "0x2", "zz")) {
            String answer = answer(put("Transfer-Encoding: chunked\r\n", size + "\r\n{}\r\n"));
            assertThat(answer).as(size).doesNotContain("200");
        }
        assertThat(underWay.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void refusesALongTarget() throws Exception {
        assertRefused("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414, "http-target-length");
        assertThat(answer("GET /" + "x".repeat(8_000) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith(OK);
    }

    @Test
    void refusesLargeHeadersAndManyHeaders() throws Exception {
        assertRefused(put("X: " + "x".repeat(17_000) + "\r\n", ""), 431, "http-header-size");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            many.append("X").append(i).append(": 1\r\n");
        }
        assertRefused(put(many.toString(), ""), 431, "http-header-count");
    }

    @Test
    void refusesADeclaredBodyThatIsTooLargeBeforeItComes() throws Exception {
        assertRefused(put("Content-Length: " + (MAX_BODY + 1) + "\r\n", ""), 413, "http-body-size");
        try (RawPeer peer = peer()) {
            peer.send(put("Content-Length: " + 1_000_000 + "\r\n", "")).sendWhileItIsTaken(new byte[1_000_000]);
            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 413");
        }
        assertThat(answer(put("Content-Length: " + MAX_BODY + "\r\nConnection: close\r\n", "x".repeat(MAX_BODY))))
                .startsWith(OK);
    }

    @Test
    void decompressesNothing() throws Exception {
        for (String coding : List.of("gzip", "br", "deflate", "identity, gzip")) {
            assertRefused(
                    put("Content-Encoding: " + coding + "\r\nContent-Length: 2\r\n", "{}"),
                    415,
                    "http-content-encoding");
        }
    }

    @Test
    void refusesFormsWithParts() throws Exception {
        assertRefused(
                put("Content-Type: Multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n", ""),
                415,
                "http-content-type");
    }

    @Test
    void asksForOneHost() throws Exception {
        assertRefused("GET /x HTTP/1.1\r\n\r\n", 400, "http-host");
        assertRefused("GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "http-host");
        assertThat(answer("GET /x HTTP/1.0\r\n\r\n")).contains(" 200 ");
    }

    @Test
    void knowsOneExpectationAndNoUpgrade() throws Exception {
        assertRefused(put("Expect: magic\r\nContent-Length: 2\r\n", ""), 417, "http-expectation");
        try (RawPeer peer = peer()) {
            peer.send(put("Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n", ""));
            assertThat(peer.readUpTo("\r\n\r\n")).startsWith("HTTP/1.1 100");
            assertThat(peer.send("{}").readToEnd()).startsWith(OK);
        }
        String upgrade = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";
        assertThat(answer(upgrade)).startsWith(OK).doesNotContain("101");
        assertThat(answer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).doesNotContain("200");
    }

    @Test
    void answersAThousandPipelinedRequestsInOrderOneAtATime() throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            String close = i == 999 ? "Connection: close\r\n" : "";
            requests.append("GET /")
                    .append(i)
                    .append(" HTTP/1.1\r\nHost: a\r\n")
                    .append(close)
                    .append("\r\n");
        }

        String answers = answer(requests.toString());

        List<Integer> order = new ArrayList<>();
        java.util.regex.Pattern.compile("/(\\d+) 0")
                .matcher(answers)
                .results()
                .forEach(match -> order.add(Integer.valueOf(match.group(1))));
        assertThat(order).hasSize(1_000).isSorted();
        assertThat(mostUnderWay).hasValue(1);
    }

    @Test
    void closesAConnectionThatDoesNotFinishItsHead() throws Exception {
        try (RawPeer peer = peer()) {
            long start = System.nanoTime();
            peer.send("GET /x HTTP/1.1\r\nHost: a\r\n");
            for (int i = 0; i < 8; i++) {
                peer.sendWhileItIsTaken("X".getBytes());
                TimeUnit.MILLISECONDS.sleep(200);
            }
            assertThatCode(peer::readToEnd).doesNotThrowAnyException();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
        assertThat(reached).hasValue(0);
        assertThat(server.visitors().present()).isZero();
    }

    @Test
    void closesAConnectionThatDripsItsSecondHead() throws Exception {
        try (RawPeer peer = peer()) {
            peer.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").readUpTo("/x 0");
            long start = System.nanoTime();
            for (int i = 0; i < 15; i++) {
                peer.sendWhileItIsTaken("G".getBytes());
                TimeUnit.MILLISECONDS.sleep(200);
            }
            peer.readToEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
        assertThat(server.visitors().present()).isZero();
    }

    @Test
    void answers408ToABodyThatIsTooSlow() throws Exception {
        try (RawPeer peer = peer()) {
            peer.send(put("Content-Length: 50000\r\n", ""));
            for (int i = 0; i < 8; i++) {
                peer.sendWhileItIsTaken("{".getBytes());
                TimeUnit.MILLISECONDS.sleep(200);
            }
            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 408").contains("M_UNKNOWN");
        }
        assertThat(refused).containsExactly("http-body-rate");
    }

    @Test
    void answers408ToABodyThatIsLateThoughItKeepsTheRate() throws Exception {
        try (RawPeer peer = peer()) {
            peer.send(put("Content-Length: 100000\r\n", ""));
            for (int i = 0; i < 18; i++) {
                peer.sendWhileItIsTaken(new byte[400]);
                TimeUnit.MILLISECONDS.sleep(200);
            }
            assertThat(peer.readToEnd()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void readsOnForAMomentWhenItAnsweredBeforeTheBodyCame() throws Exception {
        try (RawPeer peer = peer()) {
            peer.send("PUT /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n" + "x".repeat(50_000));
            peer.readUpTo("not read");
            assertThat(peer.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n").readUpTo("/next 0"))
                    .contains("200");
        }
        try (RawPeer peer = peer()) {
            peer.send("PUT /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n{");
            assertThat(peer.timeToEnd()).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void h22LetsGoOfALargeAnswerThatIsNotReadInTime() throws Exception {
        try (RawPeer slow = peer()) {
            slow.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n").readUpTo("200 OK");

            await().atMost(Duration.ofSeconds(6)).until(() -> server.visitors().present() == 0);

            assertThat(answer("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .startsWith(OK);
        }
    }

    @Test
    void h22AnswersNoMoreToWhoReadsNothing() throws Exception {
        try (RawPeer slow = peer()) {
            slow.sendWhileItIsTaken(
                    "GET /large HTTP/1.1\r\nHost: a\r\n\r\n".repeat(100).getBytes());

            await().atMost(Duration.ofSeconds(2)).until(() -> refused.contains("http-unread-answers"));

            await().atMost(Duration.ofSeconds(2)).until(() -> server.visitors().present() == 0);
            assertThat(reached).hasValue(1);
        }
    }

    @Test
    void h22ManyWhoDoNotReadHaveNoMoreThanTheirPartOfTheMemory() throws Exception {
        open(Duration.ofSeconds(1), 10, List.of());
        List<RawPeer> slow = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            slow.add(peer());
            slow.get(i).send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n").readUpTo("200 OK");
        }

        await().atMost(Duration.ofMillis(1_900)).until(() -> server.visitors().present() <= 4);

        assertThat(server.visitors().present())
                .as("no more are cut off than need be")
                .isBetween(3, 4);
        assertThat(refused).containsOnly("http-unread-answers");
        try (RawPeer quick = peer()) {
            quick.send("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(quick.readToEnd()).hasSizeGreaterThan(LARGE);
        }
        for (RawPeer each : slow) {
            each.close();
        }
    }

    @Test
    void countsConnectionsOfOneAddress() throws Exception {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            peers.add(peer());
            peers.get(i).send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").readUpTo("/x 0");
        }
        try (RawPeer ninth = peer()) {
            assertThat(ninth.sendWhileItIsTaken("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".getBytes())
                            .readToEnd())
                    .isEmpty();
        }
        assertThat(refused).containsExactly("http-connections");
        for (RawPeer peer : peers) {
            peer.close();
        }
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(server.visitors().present()).isZero();
        assertThat(server.visitors().addresses()).isZero();
        assertThat(answer("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith(OK);
    }

    @Test
    void letsATrustedProxyHaveAsManyAsThereAre() throws Exception {
        open(Duration.ofSeconds(1), 1, List.of("127.0.0.0/8"));
        try (RawPeer one = peer();
                RawPeer other = peer()) {
            one.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").readUpTo("/x 0");
            assertThat(other.send("GET /y HTTP/1.1\r\nHost: a\r\n\r\n").readUpTo("/y 0"))
                    .startsWith(OK);
        }
    }

    @Test
    void survivesPeersThatGoAway() throws Exception {
        for (int i = 0; i < 300; i++) {
            try (RawPeer peer = peer()) {
                peer.socket().setSoLinger(true, 0);
                peer.sendWhileItIsTaken(put("Content-Length: 5000\r\n", "half").getBytes());
            }
        }
        TimeUnit.MILLISECONDS.sleep(500);

        assertThat(server.visitors().present()).isZero();
        assertThat(answer("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith(OK);
    }
}
