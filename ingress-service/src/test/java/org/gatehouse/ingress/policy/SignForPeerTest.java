package org.gatehouse.ingress.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.ingress.surface.Door;
import org.gatehouse.ingress.surface.InMemoryRooms;
import org.gatehouse.ingress.surface.Neighbours;
import org.gatehouse.ingress.surface.PublishedKeys;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hosted name as a policy server, as other servers see it. */
@QuarkusTest
@QuarkusTestResource(value = Neighbours.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = RoleSwitchedOn.class, restrictToAnnotatedClass = true)
class SignForPeerTest {

    private static final PeerIdentity PEER = PeerIdentity.of("peer.example");
    private static final PolicyServer OURS = new PolicyServer(Door.OURS, "key");

    private final PeerRoom room = PeerRoom.create(PEER, RoomVersions.V11, "ann");
    private final Pdu event = room.message(PEER.user("ann"), "hello");

    Neighbours neighbours;

    @Inject
    PublishedKeys keys;

    @Inject
    InMemoryRooms rooms;

    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void startAnew() {
        keys.publish(PEER);
        neighbours.forget();
        neighbours.answer("key", request -> new Neighbours.Answer(200, JsonObject.EMPTY.with("signature", "c2ln")));
        know(Optional.of(OURS), Optional.empty());
    }

    @Test
    void answersWithTheSignatureAlone() {
        Door.Answer answer = ask(event.json());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).hasToString("{\"ours.example\":{\"ed25519:policy_server\":\"c2ln\"}}");
        JsonObject wish = StrictJson.parseObject(
                neighbours.requestsTo("key").get(0).body().getBytes(StandardCharsets.UTF_8));
        assertThat(wish.string("policy_server")).contains("ours.example");
        assertThat(wish.string("room_version")).contains("11");
        assertThat(wish.object("event")).contains(event.json());
    }

    @Test
    void theRefusalIsTheAnswer() {
        JsonObject refusal = JsonObject.EMPTY.with("errcode", "M_FORBIDDEN").with("error", "no casinos");
        neighbours.answer("key", request -> new Neighbours.Answer(400, refusal));

        Door.Answer answer = ask(event.json());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).isEqualTo(refusal);
    }

    @Test
    void aRoomUnderAnotherOrNoPolicyIsNotFound() {
        know(Optional.empty(), Optional.empty());
        assertRefused(ask(event.json()), 404, "M_NOT_FOUND");
        know(Optional.of(new PolicyServer(new ServerName("else.example"), "key")), Optional.empty());
        assertRefused(ask(event.json()), 404, "M_NOT_FOUND");
        assertRefused(ask(event.json().with("room_id", "!unknown:peer.example")), 404, "M_NOT_FOUND");
        assertThat(neighbours.requestsTo("key")).isEmpty();
    }

    @Test
    void theServerAclOfTheRoomIsAsked() {
        JsonObject acl = JsonObject.of(
                "allow", JsonArray.ofStrings(List.of("*")), "deny", JsonArray.ofStrings(List.of("peer.example")));
        know(Optional.of(OURS), Optional.of(acl));

        assertRefused(ask(event.json()), 403, "M_FORBIDDEN");
        assertThat(neighbours.requestsTo("key")).isEmpty();
    }

    @Test
    void whatNamesNoRoomIsNoEvent() {
        assertRefused(ask(event.json().without("room_id")), 400, "M_BAD_JSON");
    }

    @Test
    void asksWhoseTheRequestIs() {
        assertThat(new Door(url).unsigned("POST", "/_matrix/policy/v1/sign").status())
                .isEqualTo(401);
    }

    @Test
    void publishesTheKey() throws IOException {
        neighbours.answer("key", request -> new Neighbours.Answer(200, JsonObject.EMPTY.with("ed25519", "a2V5")));

        String answer = wellKnown();

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("{\"public_keys\":{\"ed25519\":\"a2V5\"}}");
        assertThat(neighbours.requestsTo("key").get(0).target()).isEqualTo("/internal/policy/key/ours.example");
    }

    @Test
    void publishesNothingWithoutTheRole() throws IOException {
        JsonObject none = JsonObject.EMPTY.with("errcode", "M_NOT_FOUND").with("error", "This is no policy server");
        neighbours.answer("key", request -> new Neighbours.Answer(404, none));

        assertThat(wellKnown()).startsWith("HTTP/1.1 404 ").contains("M_NOT_FOUND");
    }

    /** The Host header says whose key is wanted. */
    private String wellKnown() throws IOException {
        try (Socket socket = new Socket("localhost", url.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /.well-known/matrix/policy_server HTTP/1.1\r\nHost: ours.example\r\n"
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertRefused(Door.Answer answer, int status, String errcode) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.errcode()).contains(errcode);
    }

    private Door.Answer ask(JsonObject body) {
        return new Door(url).signed(PEER, "POST", "/_matrix/policy/v1/sign", Optional.of(body));
    }

    private void know(Optional<PolicyServer> policy, Optional<JsonObject> acl) {
        rooms.know(new RoomFacts(room.roomId(), "11", acl, false, Map.of(Door.OURS, 1), List.of(), 0, policy));
    }
}
