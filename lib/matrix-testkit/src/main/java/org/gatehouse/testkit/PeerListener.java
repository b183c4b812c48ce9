package org.gatehouse.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;

/** The HTTPS listener of one peer or of many, told apart by the Host header, and the client that all of them ask with. */
final class PeerListener implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final int BACKLOG = 256;
    private static final int THREADS = 8;

    private final HttpsServer server;
    private final HttpClient client;
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    private final Map<String, FederationPeer> peers = new ConcurrentHashMap<>();

    private PeerListener(HttpsServer server, HttpClient client) {
        this.server = server;
        this.client = client;
    }

    /** Starts one without any peer; port 0 is a free one. */
    static PeerListener start(SSLContext tls, InetSocketAddress address) throws IOException {
        HttpsServer server = HttpsServer.create(address, BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        HttpClient client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        PeerListener listener = new PeerListener(server, client);
        server.setExecutor(listener.workers);
        server.createContext("/", listener::handle);
        server.start();
        return listener;
    }

    /** A new peer, named by the host, at which this machine must be reached, and the listener's port. */
    FederationPeer peer(String host) {
        String name = host + ":" + server.getAddress().getPort();
        FederationPeer peer = new FederationPeer(PeerIdentity.of(name), this);
        peers.put(name, peer);
        return peer;
    }

    HttpClient client() {
        return client;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<FederationPeer> asked = Optional.ofNullable(
                            exchange.getRequestHeaders().getFirst("Host"))
                    .map(peers::get)
                    .filter(peer -> exchange.getLocalAddress().getAddress().isLoopbackAddress());
            if (asked.isEmpty()) {
                exchange.sendResponseHeaders(421, -1);
                return;
            }
            FederationPeer.Answer answer = asked.get().answerTo(exchange);
            byte[] body = CanonicalJson.write(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
