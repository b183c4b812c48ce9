package org.gatehouse.egress.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.SignedRequest;
import org.gatehouse.matrix.request.XMatrix;
import org.gatehouse.matrix.request.XMatrixParse.Parsed;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.matrix.signing.VerifyKey;

/** Another homeserver, on loopback over TLS: it checks X-Matrix and answers what a test tells it to. */
public final class FakeServer implements AutoCloseable {

    /** What a test lets it answer. */
    @FunctionalInterface
    public interface Answering {
        Reply answer(Request request) throws Exception;
    }

    /** One request as it came. */
    public record Request(String method, String uri, String host, Optional<JsonObject> body) {}

    /** One answer. */
    public record Reply(int status, JsonObject body) {}

    private final HttpServer server;
    private final Map<String, Answering> routes = new LinkedHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<ServerName, VerifyKey> trusted;
    private final SigningKey key;
    private final ServerName name;

    /** @param trusted the keys of servers whose requests it accepts */
    public FakeServer(Vertx vertx, PemKeyCertOptions certificate, SigningKey key, Map<ServerName, VerifyKey> trusted) {
        this.key = key;
        this.trusted = trusted;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate))
                .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)));
        try {
            server.listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        this.name = new ServerName("localhost:" + server.actualPort());
        on(
                "GET /_matrix/key/v2/server",
                request -> new Reply(
                        200, ServerKeys.publish(name, List.of(key), Map.of(), System.currentTimeMillis() + 3_600_000)));
    }

    public ServerName name() {
        return name;
    }

    public int port() {
        return server.actualPort();
    }

    public SigningKey key() {
        return key;
    }

    /** @param start method and the beginning of the path; the longest that fits wins */
    public FakeServer on(String start, Answering answering) {
        routes.put(start, answering);
        return this;
    }

    public FakeServer on(String start, JsonObject body) {
        return on(start, request -> new Reply(200, body));
    }

    /** The requests that came, those without an answer included. */
    public List<Request> requests() {
        return requests;
    }

    private void handle(HttpServerRequest request, Buffer body) {
        try {
            Optional<JsonObject> json =
                    body.length() == 0 ? Optional.empty() : Optional.of(StrictJson.parseObject(body.getBytes()));
            Request seen = new Request(request.method().name(), request.uri(), request.getHeader("Host"), json);
            requests.add(seen);
            Reply reply = request.uri().startsWith("/_matrix/federation/") && !isSigned(request, json)
                    ? new Reply(401, error("M_UNAUTHORIZED"))
                    : answering(seen).answer(seen);
            request.response()
                    .setStatusCode(reply.status())
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(CanonicalJson.write(reply.body())));
        } catch (Exception e) {
            request.response().setStatusCode(500).end();
        }
    }

    private Answering answering(Request request) {
        String line = request.method() + " " + request.uri();
        return routes.keySet().stream()
                .filter(line::startsWith)
                .max(java.util.Comparator.comparingInt(String::length))
                .map(routes::get)
                .orElse(unknown -> new Reply(404, error("M_UNRECOGNIZED")));
    }

    private boolean isSigned(HttpServerRequest request, Optional<JsonObject> body) {
        Optional<Parsed> parsed =
                XMatrix.parse(request.headers().getAll("Authorization")).parsed();
        if (parsed.isEmpty() || !parsed.get().destination().equals(Optional.of(name))) {
            return false;
        }
        VerifyKey theirs = trusted.get(parsed.get().origin());
        SignedRequest signed = new SignedRequest(
                request.method().name(), request.uri(), parsed.get().origin(), name, body.map(JsonValue.class::cast));
        return theirs != null
                && parsed.get().signatures().stream().allMatch(each -> signed.verify(each.signature(), theirs));
    }

    public static JsonObject error(String errcode) {
        return JsonObject.of("errcode", new JsonString(errcode), "error", new JsonString("no"));
    }

    public static KeyId keyId(String version) {
        return new KeyId("ed25519:" + version);
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
