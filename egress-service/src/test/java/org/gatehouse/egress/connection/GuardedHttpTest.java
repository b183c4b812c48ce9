package org.gatehouse.egress.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.gatehouse.egress.discovery.ServerRoute;
import org.gatehouse.egress.discovery.ServerRoute.Target;
import org.gatehouse.egress.testing.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows D03, D09 and D10 of the hostile input list, over real TLS. */
class GuardedHttpTest {

    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> hosts = new ArrayList<>();
    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void sendsTheHostHeaderOfTheRouteAndChecksTheNameOfTheRoute() throws Exception {
        int port = serve(authority.certificateFor(TestAuthority.dns("matrix.example")), this::hello);
        ServerRoute route = route("matrix.example:8448", "matrix.example", port);

        HttpAnswer answer = http(true).exchange(call(route, 100, Duration.ofSeconds(5)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body())).isEqualTo("hello");
        assertThat(hosts).containsExactly("matrix.example:8448");
    }

    @Test
    void acceptsAnAddressInTheCertificateForAnIpLiteral() throws Exception {
        int port = serve(authority.certificateFor(TestAuthority.ip("127.0.0.1")), this::hello);

        assertThat(http(true)
                        .exchange(call(route("127.0.0.1", "127.0.0.1", port), 100, Duration.ofSeconds(5)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void neverConnectsToAPrivateAddress() throws Exception {
        int port = serve(authority.certificateFor(TestAuthority.dns("matrix.example")), this::hello);

        assertThatThrownBy(() -> http(false)
                        .exchange(call(route("matrix.example", "matrix.example", port), 100, Duration.ofSeconds(5))))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("forbidden");
        assertThat(connections).hasValue(0);
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        refuses(authority.certificateFor(TestAuthority.dns("other.example")), "matrix.example");
    }

    @Test
    void refusesANameInTheCertificateForAnIpLiteral() throws Exception {
        refuses(authority.certificateFor(TestAuthority.dns("matrix.example")), "127.0.0.1");
    }

    @Test
    void refusesACertificateThatHasExpired() throws Exception {
        refuses(authority.certificateFor(-1, TestAuthority.dns("matrix.example")), "matrix.example");
    }

    @Test
    void refusesACertificateOfAnUnknownAuthority() throws Exception {
        refuses(new TestAuthority().certificateFor(TestAuthority.dns("matrix.example")), "matrix.example");
    }

    @Test
    void stopsAtTheByteCap() throws Exception {
        int port = serve(
                authority.certificateFor(TestAuthority.dns("matrix.example")),
                request -> request.response().setChunked(true).end(Buffer.buffer(new byte[200_000])));

        assertThatThrownBy(() -> http(true)
                        .exchange(
                                call(route("matrix.example", "matrix.example", port), 100_000, Duration.ofSeconds(5))))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("longer than 100000 bytes");
    }

    @Test
    void stopsAtTheDeadlineHoweverSlowlyBytesDrip() throws Exception {
        int port = serve(authority.certificateFor(TestAuthority.dns("matrix.example")), request -> {
            request.response().setChunked(true);
            vertx.setPeriodic(50, timer -> {
                if (!request.response().closed()) {
                    request.response().write("x");
                }
            });
        });
        long start = System.nanoTime();

        assertThatThrownBy(() -> http(true)
                        .exchange(
                                call(route("matrix.example", "matrix.example", port), 100_000, Duration.ofMillis(700))))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("in time");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(600), Duration.ofSeconds(4));
    }

    @Test
    void doesNotFollowRedirects() throws Exception {
        int port = serve(
                authority.certificateFor(TestAuthority.dns("matrix.example")),
                request -> request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "https://127.0.0.1/")
                        .end());

        HttpAnswer answer =
                http(true).exchange(call(route("matrix.example", "matrix.example", port), 100, Duration.ofSeconds(5)));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(connections).hasValue(1);
    }

    @Test
    void triesTheNextAddressIfOneCannotBeConnectedTo() throws Exception {
        int port = serve(authority.certificateFor(TestAuthority.dns("matrix.example")), this::hello);
        int dead = freePort();
        ServerRoute route = new ServerRoute(
                List.of(new Target("matrix.example", dead), new Target("matrix.example", port)),
                "matrix.example",
                "matrix.example");

        assertThat(http(true).exchange(call(route, 100, Duration.ofSeconds(5))).status())
                .isEqualTo(200);
    }

    private void refuses(PemKeyCertOptions certificate, String tlsName) throws Exception {
        int port = serve(certificate, this::hello);

        assertThatThrownBy(() -> http(true).exchange(call(route(tlsName, tlsName, port), 100, Duration.ofSeconds(5))))
                .isInstanceOf(Unreachable.class);
        assertThat(hosts).isEmpty();
    }

    private GuardedHttp http(boolean allowPrivate) throws Exception {
        return new GuardedHttp(
                vertx,
                TrustedAuthorities.systemPlus(Optional.of(authority.pemFile(folder))),
                new AddressGuard(allowPrivate),
                host -> List.of(loopback()));
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private int serve(PemKeyCertOptions certificate, io.vertx.core.Handler<HttpServerRequest> handler)
            throws Exception {
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate))
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(handler);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
        return server.actualPort();
    }

    private void hello(HttpServerRequest request) {
        hosts.add(request.getHeader("Host"));
        request.response().end("hello");
    }

    private static int freePort() throws Exception {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static ServerRoute route(String hostHeader, String tlsName, int port) {
        return new ServerRoute(List.of(new Target("matrix.example", port)), hostHeader, tlsName);
    }

    private static HttpCall call(ServerRoute route, int maxBytes, Duration deadline) {
        return new HttpCall(route, "GET", "/", Map.of(), null, maxBytes, deadline);
    }
}
