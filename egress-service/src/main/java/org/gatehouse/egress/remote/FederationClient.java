package org.gatehouse.egress.remote;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.gatehouse.egress.connection.HttpAnswer;
import org.gatehouse.egress.connection.HttpCall;
import org.gatehouse.egress.connection.Outbound;
import org.gatehouse.egress.connection.Unreachable;
import org.gatehouse.egress.discovery.ServerDiscovery;
import org.gatehouse.egress.discovery.ServerRoute;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.SignedRequest;
import org.jspecify.annotations.Nullable;

/** Asks other servers, signed in the name of a hosted server, and waits for the answer on the caller's thread. */
public final class FederationClient {

    private static final String KEYS_URI = "/_matrix/key/v2/server";
    private static final long LONGEST_RETRY_SECONDS = 3600;

    private final ServerDiscovery discovery;
    private final Outbound outbound;
    private final RequestSigner signer;
    private final Predicate<ServerName> isHosted;

    /** @param isHosted whether a server name is ours: nothing is ever sent to those */
    public FederationClient(
            ServerDiscovery discovery, Outbound outbound, RequestSigner signer, Predicate<ServerName> isHosted) {
        this.discovery = discovery;
        this.outbound = outbound;
        this.signer = signer;
        this.isHosted = isHosted;
    }

    /**
     * Sends a GET.
     *
     * @return the body of a success
     * @throws RemoteRefusal if the server answers with anything but a success
     * @throws Unreachable if it cannot be reached, or does not answer with a JSON object
     */
    public JsonObject get(ServerName origin, ServerName destination, RemoteOperation operation, RemotePath path) {
        return json(destination, signed("GET", origin, destination, operation, path, null));
    }

    /** Sends a PUT with a JSON body; otherwise as {@link #get}. */
    public JsonObject put(
            ServerName origin, ServerName destination, RemoteOperation operation, RemotePath path, JsonObject body) {
        return json(destination, signed("PUT", origin, destination, operation, path, CanonicalJson.write(body)));
    }

    /** Sends a POST with a JSON body; otherwise as {@link #get}. */
    public JsonObject post(
            ServerName origin, ServerName destination, RemoteOperation operation, RemotePath path, JsonObject body) {
        return json(destination, signed("POST", origin, destination, operation, path, CanonicalJson.write(body)));
    }

    /** As {@link #post(ServerName, ServerName, RemoteOperation, RemotePath, JsonObject)}, within another time. */
    public JsonObject post(
            ServerName origin,
            ServerName destination,
            RemoteOperation operation,
            RemotePath path,
            JsonObject body,
            Duration deadline) {
        byte[] bytes = CanonicalJson.write(body);
        SignedRequest request =
                new SignedRequest("POST", path.uri(), origin, destination, Optional.of(StrictJson.parse(bytes)));
        Map<String, String> headers = Map.of("Authorization", signer.authorization(request));
        return json(destination, send("POST", destination, operation, path.uri(), headers, bytes, deadline));
    }

    /**
     * Sends a PUT with bytes that are JSON already, whatever the body of a success looks like.
     *
     * @throws RemoteRefusal if the server answers with anything but a success
     * @throws Unreachable if it cannot be reached
     */
    public void deliver(
            ServerName origin, ServerName destination, RemoteOperation operation, RemotePath path, byte[] body) {
        requireSuccess(destination, signed("PUT", origin, destination, operation, path, body));
    }

    /** The body of GET /_matrix/key/v2/server, which is asked without a signature. */
    public byte[] keys(ServerName destination) {
        HttpAnswer answer = send("GET", destination, RemoteOperation.KEYS, KEYS_URI, Map.of(), null);
        return requireSuccess(destination, answer).body();
    }

    private HttpAnswer signed(
            String method,
            ServerName origin,
            ServerName destination,
            RemoteOperation operation,
            RemotePath path,
            byte @Nullable [] body) {
        Optional<JsonValue> content = body == null ? Optional.empty() : Optional.of(StrictJson.parse(body));
        SignedRequest request = new SignedRequest(method, path.uri(), origin, destination, content);
        Map<String, String> headers = Map.of("Authorization", signer.authorization(request));
        return send(method, destination, operation, path.uri(), headers, body);
    }

    private HttpAnswer send(
            String method,
            ServerName destination,
            RemoteOperation operation,
            String uri,
            Map<String, String> headers,
            byte @Nullable [] body) {
        return send(method, destination, operation, uri, headers, body, operation.deadline());
    }

    private HttpAnswer send(
            String method,
            ServerName destination,
            RemoteOperation operation,
            String uri,
            Map<String, String> headers,
            byte @Nullable [] body,
            Duration deadline) {
        if (isHosted.test(destination)) {
            throw new Unreachable(destination + " is hosted here");
        }
        long started = System.nanoTime();
        ServerRoute route = discovery.find(destination);
        Duration left = deadline.minusNanos(System.nanoTime() - started);
        if (left.isNegative() || left.isZero()) {
            throw new Unreachable(destination + " takes too long to be found");
        }
        return outbound.exchange(new HttpCall(route, method, uri, headers, body, operation.maxAnswerBytes(), left));
    }

    private static JsonObject json(ServerName destination, HttpAnswer answer) {
        try {
            return StrictJson.parseObject(requireSuccess(destination, answer).body());
        } catch (MalformedJson e) {
            throw new Unreachable(destination + " answered no JSON object", e);
        }
    }

    private static HttpAnswer requireSuccess(ServerName destination, HttpAnswer answer) {
        if (answer.status() >= 200 && answer.status() <= 299) {
            return answer;
        }
        JsonObject body = readError(answer.body());
        throw new RemoteRefusal(
                destination,
                answer.status(),
                body.string("errcode")
                        .filter(code -> code.matches("[A-Za-z0-9_.]{1,100}"))
                        .orElse(""),
                body.string("error").map(FederationClient::shortened).orElse("refused"),
                answer.header("retry-after").flatMap(FederationClient::seconds));
    }

    private static JsonObject readError(byte[] body) {
        try {
            return StrictJson.parseObject(body);
        } catch (MalformedJson e) {
            return JsonObject.EMPTY;
        }
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200);
    }

    private static Optional<Duration> seconds(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long seconds = digits.length() > 9 ? LONGEST_RETRY_SECONDS : Long.parseLong(digits);
        return Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST_RETRY_SECONDS)));
    }
}
