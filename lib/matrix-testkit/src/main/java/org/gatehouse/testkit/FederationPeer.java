package org.gatehouse.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;

/**
 * A homeserver as another one sees it: it serves its keys over HTTPS, keeps the transactions that it is sent, answers what
 * a test tells it to, and signs its own requests. It checks nothing that it receives.
 */
public final class FederationPeer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PeerIdentity identity;
    private final PeerListener listener;
    private final Map<String, Answerer> answerers = new ConcurrentHashMap<>();
    private final List<JsonObject> transactions = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<ServerName, String> addresses = new ConcurrentHashMap<>();

    /** What the peer answers below a path. */
    @FunctionalInterface
    public interface Answerer {
        Answer answer(Request request);
    }

    /** A request that came in. */
    public record Request(String method, String target, Optional<JsonObject> body) {}

    /** A status and a JSON body. */
    public record Answer(int status, JsonValue body) {
        public static Answer ok(JsonValue body) {
            return new Answer(200, body);
        }

        public JsonObject object() {
            return (JsonObject) body;
        }
    }

    FederationPeer(PeerIdentity identity, PeerListener listener) {
        this.identity = identity;
        this.listener = listener;
    }

    /**
     * Starts a peer on a free loopback port; its server name is {@code 127.0.0.1:<port>}.
     *
     * @param tls with a certificate for 127.0.0.1 and trust in the servers that the peer asks
     */
    public static FederationPeer start(SSLContext tls) throws IOException {
        PeerListener listener = PeerListener.start(tls, new InetSocketAddress("127.0.0.1", 0));
        return listener.peer("127.0.0.1");
    }

    public PeerIdentity identity() {
        return identity;
    }

    public ServerName name() {
        return identity.name();
    }

    /** Sets the answer to requests whose target begins with that path; the longest path that fits is asked. */
    public void answer(String path, Answerer answerer) {
        answerers.put(path, answerer);
    }

    /** From now on a server is asked at this address (host:port), one instance of it for example. */
    public void reachAt(ServerName server, String address) {
        addresses.put(server, address);
    }

    /** The bodies of the transactions that came in, in their order. */
    public List<JsonObject> transactions() {
        return List.copyOf(transactions);
    }

    /** Method and target of every request that came in. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The event IDs of no version can be seen from outside: the PDUs of all transactions, as they came. */
    public List<JsonObject> receivedPdus() {
        return transactions.stream()
                .flatMap(body -> body.array("pdus").stream())
                .flatMap(pdus -> pdus.values().stream())
                .map(JsonObject.class::cast)
                .toList();
    }

    /** A signed request. */
    public Answer ask(String method, ServerName destination, String target, Optional<JsonValue> body) {
        String authorization = identity.authorization(method, target, destination, body);
        return send(method, destination, target, body.map(CanonicalJson::write), Optional.of(authorization));
    }

    /** A signed GET. */
    public Answer get(ServerName destination, String target) {
        return ask("GET", destination, target, Optional.empty());
    }

    /** A signed PUT. */
    public Answer put(ServerName destination, String target, JsonObject body) {
        return ask("PUT", destination, target, Optional.of(body));
    }

    /** A transaction with these PDUs. */
    public Answer sendTransaction(ServerName destination, String txnId, List<Pdu> pdus) {
        return put(destination, "/_matrix/federation/v1/send/" + txnId, transaction(pdus));
    }

    /** The body of a transaction. */
    public JsonObject transaction(List<Pdu> pdus) {
        return JsonObject.EMPTY
                .with("origin", identity.name().toString())
                .with("origin_server_ts", System.currentTimeMillis())
                .with("pdus", JsonArray.of(pdus.stream().map(Pdu::json).toArray(JsonValue[]::new)));
    }

    /** A request with exactly this body and header. */
    public Answer send(
            String method,
            ServerName destination,
            String target,
            Optional<byte[]> body,
            Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://" + addresses.getOrDefault(destination, destination.toString()) + target))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.map(HttpRequest.BodyPublishers::ofByteArray).orElse(HttpRequest.BodyPublishers.noBody()));
        body.ifPresent(bytes -> request.header("Content-Type", "application/json"));
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<byte[]> response =
                    listener.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            byte[] bytes = response.body();
            return new Answer(response.statusCode(), bytes.length == 0 ? JsonObject.EMPTY : StrictJson.parse(bytes));
        } catch (IOException e) {
            throw new PeerUnreachable(destination, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerUnreachable(destination, e);
        }
    }

    Answer answerTo(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toASCIIString(),
                bytes.length == 0 ? Optional.empty() : Optional.of(StrictJson.parseObject(bytes)));
        requests.add(request.method() + " " + request.target());
        return answerTo(request);
    }

    private Answer answerTo(Request request) {
        Optional<Answerer> told = answerers.entrySet().stream()
                .filter(entry -> request.target().startsWith(entry.getKey()))
                .max(java.util.Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue);
        if (request.target().startsWith("/_matrix/federation/v1/send/")) {
            request.body().ifPresent(transactions::add);
            return told.map(answerer -> answerer.answer(request))
                    .orElseGet(() -> Answer.ok(JsonObject.EMPTY.with("pdus", JsonObject.EMPTY)));
        }
        if (told.isPresent()) {
            return told.get().answer(request);
        }
        if (request.target().startsWith("/_matrix/federation/v2/invite/")) {
            return request.body().map(this::coSigned).orElseGet(() -> new Answer(400, JsonObject.EMPTY));
        }
        if (request.target().startsWith("/_matrix/key/v2/server")) {
            return Answer.ok(identity.publishedKeys(
                    System.currentTimeMillis() + Duration.ofDays(1).toMillis()));
        }
        return new Answer(
                404, JsonObject.EMPTY.with("errcode", "M_UNRECOGNIZED").with("error", "Unrecognized request"));
    }

    /** Takes any invite. */
    private Answer coSigned(JsonObject invite) {
        RoomVersion version = RoomVersions.require(invite.string("room_version").orElseThrow());
        JsonObject event = invite.object("event").orElseThrow();
        JsonObject signed = EventSigning.addSignature(version, event, identity.name(), identity.key());
        return Answer.ok(JsonObject.EMPTY.with("event", signed));
    }

    /**
     * Joins a user through a resident server: make_join, then send_join.
     *
     * @return the peer's view of the room after it
     */
    public PeerRoom join(ServerName resident, RoomId roomId, UserId user) {
        String path = encode(roomId.toString()) + "/" + encode(user.toString());
        String versions = RoomVersions.supported().stream()
                .map(version -> "ver=" + version.id())
                .collect(Collectors.joining("&"));
        JsonObject made = requireOk(get(resident, "/_matrix/federation/v1/make_join/" + path + "?" + versions));
        RoomVersion version = RoomVersions.require(made.string("room_version").orElseThrow());
        JsonObject template = named(version, made.object("event").orElseThrow().without("origin"));
        Pdu join = StoredPdus.of(version, EventSigning.hashAndSign(version, template, identity.name(), identity.key()));
        String target = "/_matrix/federation/v2/send_join/" + encode(roomId.toString()) + "/"
                + encode(join.eventId().toString());
        JsonObject answer = requireOk(put(resident, target, join.json()));
        return PeerRoom.joined(identity, version, answer, join);
    }

    private JsonObject named(RoomVersion version, JsonObject event) {
        return version.eventIdFormat() == EventIdFormat.FIELD
                ? event.with("event_id", "$" + UUID.randomUUID() + ":" + identity.name())
                : event;
    }

    private static JsonObject requireOk(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("status " + answer.status() + ": " + answer.body());
        }
        return answer.object();
    }

    /** One path segment, percent-encoded. */
    public static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        listener.close();
    }
}
