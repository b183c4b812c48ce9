package org.gatehouse.ingress.surface;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.PeerIdentity;

/** Asks the door under test, over HTTP. */
public final class Door {

    /** The name that the requests are addressed to. */
    public static final ServerName OURS = new ServerName("ours.example");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URL url;

    /** What came back. */
    public record Answer(int status, HttpResponse<byte[]> response) {

        public JsonObject json() {
            return StrictJson.parseObject(response.body());
        }

        public Optional<String> errcode() {
            return json().string("errcode");
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    public Door(URL url) {
        this.url = url;
    }

    /** A request that the peer has signed; PUT and POST have a body of their own if none is given. */
    public Answer signed(PeerIdentity peer, String method, String target, Optional<JsonObject> body) {
        Optional<JsonObject> sent =
                method.equals("GET") ? Optional.empty() : Optional.of(body.orElse(JsonObject.EMPTY));
        String header = peer.authorization(method, target, OURS, sent.map(JsonValue.class::cast));
        return ask(method, target, sent, List.of(header));
    }

    /** A request with no Authorization header. */
    public Answer unsigned(String method, String target) {
        return ask(method, target, method.equals("GET") ? Optional.empty() : Optional.of(JsonObject.EMPTY), List.of());
    }

    /** A request with these Authorization headers. */
    public Answer ask(String method, String target, Optional<JsonObject> body, List<String> authorization) {
        HttpRequest.BodyPublisher bytes = body.map(CanonicalJson::write)
                .map(HttpRequest.BodyPublishers::ofByteArray)
                .orElseGet(HttpRequest.BodyPublishers::noBody);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + url.getPort() + target))
                .timeout(PATIENCE)
                .method(method, bytes);
        authorization.forEach(value -> request.header("Authorization", value));
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
