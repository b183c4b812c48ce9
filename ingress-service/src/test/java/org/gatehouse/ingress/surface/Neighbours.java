package org.gatehouse.ingress.surface;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;

/** The other services, as ingress sees them: each with its identity, answering what a test tells it to. */
public final class Neighbours implements QuarkusTestResourceLifecycleManager {

    private static final List<String> SERVICES = List.of("key", "provider", "event-graph", "state-resolution");
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final List<HttpsServer> servers = new ArrayList<>();
    private final Map<String, Function<Request, Answer>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** A call that came to a service. */
    public record Request(
            String service,
            String method,
            String target,
            Optional<String> origin,
            Optional<String> destination,
            String body) {}

    /** What the service says to it. */
    public record Answer(int status, JsonObject body) {}

    /** What that service answers to everything. */
    public void answer(String service, Function<Request, Answer> answer) {
        answers.put(service, answer);
    }

    /** The calls to that service, in their order. */
    public List<Request> requestsTo(String service) {
        return requests.stream()
                .filter(request -> request.service().equals(service))
                .toList();
    }

    public void forget() {
        answers.clear();
        requests.clear();
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new TreeMap<>();
        try {
            for (String service : SERVICES) {
                HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
                server.setHttpsConfigurator(new HttpsConfigurator(identity(service)));
                server.createContext("/", exchange -> handle(service, exchange));
                server.start();
                servers.add(server);
                config.put(
                        "gatehouse.internal." + service + ".url",
                        "https://127.0.0.1:" + server.getAddress().getPort());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(Neighbours.class));
    }

    @Override
    public void stop() {
        servers.forEach(server -> server.stop(0));
    }

    private void handle(String service, HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    service,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toASCIIString(),
                    header(exchange, "X-Gatehouse-Origin"),
                    header(exchange, "X-Gatehouse-Destination"),
                    new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            requests.add(request);
            Answer answer = Optional.ofNullable(answers.get(service))
                    .map(known -> known.apply(request))
                    .orElseGet(() -> new Answer(500, JsonObject.EMPTY));
            byte[] body = CanonicalJson.write(answer.body());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** A certificate that names the service, made by the JDK's own tool. */
    private static SSLContext identity(String service) {
        try {
            Path folder = Files.createTempDirectory("neighbour");
            Path store = folder.resolve("identity.p12");
            run(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keystore",
                    store.toString(),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD),
                    "-alias",
                    "own",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + service,
                    "-ext",
                    "SAN=URI:spiffe://gatehouse/" + service);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD);
            }
            Files.delete(store);
            Files.delete(folder);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no identity for " + service, e);
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
