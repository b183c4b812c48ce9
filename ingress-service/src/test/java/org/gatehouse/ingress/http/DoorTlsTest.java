package org.gatehouse.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row H23 of the list of hostile input, and certificates that change while the door is open. */
class DoorTlsTest {

    private static final String PASSWORD = "changeit";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private RenewableKeys keys;
    private DoorServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws Exception {
        keys = new RenewableKeys(certificate("first").getKeyManagerFactory(vertx));
        HttpServerOptions options = FederationListener.base()
                .setPort(0)
                .setHost("127.0.0.1")
                .setSsl(true)
                .setSslHandshakeTimeout(1)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setKeyCertOptions(KeyCertOptions.wrap(keys));
        DoorLimits limits = new DoorLimits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                1,
                100_000,
                100,
                500,
                500,
                1_000_000,
                Duration.ofMillis(50),
                Duration.ofMillis(500));
        server = new DoorServer(
                vertx,
                options,
                limits,
                new TrustedProxies(List.of()),
                (address, rule, reason) -> refused.add(rule),
                request -> request.response().end("served"));
        server.open(2).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private PfxOptions certificate(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return new PfxOptions().setPath(file.toString()).setPassword(PASSWORD);
    }

    private SSLSocket connect(List<String> applicationProtocols) throws Exception {
        SSLSocket socket = unconnected();
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(applicationProtocols.toArray(new String[0]));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private SSLSocket connect(String... protocols) throws Exception {
        SSLSocket socket = unconnected();
        socket.setEnabledProtocols(protocols);
        socket.startHandshake();
        return socket;
    }

    private SSLSocket unconnected() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAnyone()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String subject(SSLSocket socket) throws Exception {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    private static String get(SSLSocket socket) throws IOException {
        return new RawPeer(socket).send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").readUpTo("served");
    }

    @Test
    void speaksTls12And13AndNothingOlder() throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (SSLSocket socket = connect(protocol)) {
                assertThat(get(socket)).startsWith("HTTP/1.1 200");
                assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            }
        }
        for (String protocol : List.of("TLSv1", "TLSv1.1")) {
            assertThatThrownBy(() -> connect(protocol)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void h19AgreesOnNoProtocolWithWhoWantsHttp2() throws Exception {
        for (List<String> wanted : List.of(List.of("h2"), List.of("h2", "http/1.1"))) {
            try (SSLSocket socket = connect(wanted)) {
                assertThat(socket.getApplicationProtocol()).isNotEqualTo("h2");
                assertThat(get(socket)).startsWith("HTTP/1.1 200");
            }
            try (SSLSocket socket = connect(wanted)) {
                assertThat(new RawPeer(socket)
                                .send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                                .readToEnd())
                        .doesNotContain("200");
            }
        }
    }

    @Test
    void showsTheNewCertificateWithoutBreakingWhatIsOpen() throws Exception {
        try (SSLSocket before = connect("TLSv1.3")) {
            get(before);
            assertThat(subject(before)).isEqualTo("CN=first");

            keys.renew(certificate("second").getKeyManagerFactory(vertx));

            for (int i = 0; i < 4; i++) {
                try (SSLSocket after = connect("TLSv1.3")) {
                    assertThat(subject(after)).isEqualTo("CN=second");
                    assertThat(get(after)).startsWith("HTTP/1.1 200");
                }
            }
            assertThat(get(before)).startsWith("HTTP/1.1 200");
        }
        assertThatThrownBy(() -> connect("TLSv1.1")).isInstanceOf(SSLException.class);
    }

    @Test
    void turnsNobodyAwayWhileCertificatesAreExchanged() throws Exception {
        KeyManagerFactory first = certificate("one").getKeyManagerFactory(vertx);
        KeyManagerFactory second = certificate("two").getKeyManagerFactory(vertx);
        AtomicBoolean over = new AtomicBoolean();
        Thread exchanging = new Thread(() -> {
            for (int i = 0; !over.get(); i++) {
                keys.renew(i % 2 == 0 ? first : second);
                LockSupport.parkNanos(2_000_000);
            }
        });
        exchanging.start();
        try {
            for (int i = 0; i < 100; i++) {
                try (SSLSocket socket = connect(i % 2 == 0 ? "TLSv1.3" : "TLSv1.2")) {
                    assertThat(get(socket)).startsWith("HTTP/1.1 200");
                }
            }
        } finally {
            over.set(true);
            exchanging.join();
        }
    }

    @Test
    void closesAHandshakeThatDoesNotGoOnAndServesOthersMeanwhile() throws Exception {
        try (Socket silent = new Socket("127.0.0.1", server.port());
                SSLSocket other = connect("TLSv1.3")) {
            assertThat(get(other)).startsWith("HTTP/1.1 200");
            assertThat(new RawPeer(silent).timeToEnd()).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void closesATlsConnectionThatSaysNothing() throws Exception {
        try (SSLSocket silent = connect("TLSv1.3")) {
            assertThat(new RawPeer(silent).timeToEnd()).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void takesNoPlainHttpAndNoGarbage() throws Exception {
        try (RawPeer plain = RawPeer.to(server.port())) {
            assertThat(plain.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").readToEnd())
                    .doesNotContain("served");
        }
        try (SSLSocket other = connect("TLSv1.2")) {
            assertThat(get(other)).startsWith("HTTP/1.1 200");
        }
    }

    private static final class TrustsAnyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
