package org.gatehouse.ingress.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.Optional;
import org.gatehouse.ingress.surface.Door;
import org.gatehouse.ingress.surface.Neighbours;
import org.gatehouse.ingress.surface.PublishedKeys;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.testkit.PeerIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches the service that owns the data, and what of its answer reaches the peer. */
@QuarkusTest
@QuarkusTestResource(value = Neighbours.class, restrictToAnnotatedClass = true)
class ForwardReadTest {

    private static final PeerIdentity PEER = PeerIdentity.of("peer.example");
    private static final JsonObject DATA = JsonObject.EMPTY.with("data", 1);

    Neighbours neighbours;

    @Inject
    PublishedKeys keys;

    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void startAnew() {
        keys.publish(PEER);
        neighbours.forget();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  event-graph,      event/$x%2Fy",
        "GET,  event-graph,      backfill/%21r%3Apeer.example?limit=1&v=$a&v=$b",
        "POST, event-graph,      get_missing_events/!r:peer.example",
        "GET,  state-resolution, state/!r:peer.example?event_id=%24x",
        "GET,  state-resolution, state_ids/!r:peer.example?event_id=%24x",
        "GET,  state-resolution, event_auth/!r:peer.example/$x"
    })
    void theOwnerIsAskedForTheSameInTheNameOfTheOrigin(String method, String owner, String target) {
        neighbours.answer(owner, request -> new Neighbours.Answer(200, DATA));
        JsonObject body = JsonObject.EMPTY.with("limit", 3);

        Door.Answer answer = ask(method, target, Optional.of(body));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(DATA);
        assertThat(neighbours.requestsTo(owner))
                .containsExactly(new Neighbours.Request(
                        owner,
                        method,
                        "/internal/federation/" + target,
                        Optional.of("peer.example"),
                        Optional.of("ours.example"),
                        method.equals("GET") ? "" : "{\"limit\":3}"));
    }

    @Test
    void theOwnersRefusalIsTheAnswer() {
        JsonObject refusal =
                JsonObject.EMPTY.with("errcode", "M_FORBIDDEN").with("error", "Your server is not in the room");
        neighbours.answer("event-graph", request -> new Neighbours.Answer(403, refusal));

        Door.Answer answer = ask("GET", "event/$x", Optional.empty());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json()).isEqualTo(refusal);
    }

    @Test
    void anOwnerThatIsBusyIsAskedAgainLater() {
        JsonObject busy = JsonObject.EMPTY.with("errcode", "M_UNKNOWN").with("error", "The room is busy");
        neighbours.answer("state-resolution", request -> new Neighbours.Answer(503, busy));

        Door.Answer answer = ask("GET", "state/!r:peer.example?event_id=$x", Optional.empty());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.json()).isEqualTo(busy);
    }

    private Door.Answer ask(String method, String target, Optional<JsonObject> body) {
        return new Door(url).signed(PEER, method, "/_matrix/federation/v1/" + target, body);
    }
}
