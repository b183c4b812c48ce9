package org.gatehouse.ingress.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.ingress.surface.Door;
import org.gatehouse.ingress.surface.InMemoryRooms;
import org.gatehouse.ingress.surface.Neighbours;
import org.gatehouse.ingress.surface.PublishedKeys;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invites of a hosted user, in both forms, between a peer, the provider and the keys. */
@QuarkusTest
@QuarkusTestResource(value = Neighbours.class, restrictToAnnotatedClass = true)
class TakeInviteTest {

    private static final PeerIdentity US = PeerIdentity.of(Door.OURS.value());
    private static final String ALICE = "@alice:ours.example";

    private final PeerIdentity peer = PeerIdentity.of("peer.example");

    Neighbours neighbours;

    @Inject
    PublishedKeys keys;

    @Inject
    InMemoryRooms rooms;

    @Inject
    InstantVerdicts verdicts;

    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void startAnew() {
        keys.publish(peer);
        neighbours.forget();
        neighbours.answer("provider", request -> new Neighbours.Answer(200, JsonObject.EMPTY));
        neighbours.answer("key", TakeInviteTest::coSign);
        verdicts.logged.clear();
    }

    private static Neighbours.Answer coSign(Neighbours.Request request) {
        JsonObject wish = StrictJson.parseObject(request.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        JsonObject signed = EventSigning.addSignature(
                RoomVersions.require(wish.string("room_version").orElseThrow()),
                wish.object("event").orElseThrow(),
                US.name(),
                US.key());
        return new Neighbours.Answer(200, JsonObject.EMPTY.with("event", signed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void theFirstFormIsAnsweredWithAPair(String version) {
        PeerRoom room = room(version);
        Pdu invite = invite(room, "invite");

        Door.Answer answer = first(room, invite);

        assertThat(answer.status()).isEqualTo(200);
        JsonArray pair = (JsonArray) StrictJson.parse(answer.response().body());
        assertThat(pair.values().get(0)).hasToString("200");
        assertSigned(pair.values().get(1).asObject().orElseThrow(), invite);
        assertLoggedOutOfBand(invite, version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "6", "11", "12"})
    void theSecondFormIsAnsweredWithTheEvent(String version) {
        PeerRoom room = room(version);
        Pdu invite = invite(room, "invite");

        Door.Answer answer = second(room, invite, version);

        assertThat(answer.status()).isEqualTo(200);
        assertSigned(answer.json(), invite);
        assertLoggedOutOfBand(invite, version);
    }

    @Test
    void theFirstFormIsForOldRoomsAlone() {
        PeerRoom room = room("11");

        Door.Answer answer = first(room, invite(room, "invite"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errcode()).contains("M_INCOMPATIBLE_ROOM_VERSION");
        assertThat(answer.json().string("room_version")).contains("11");
        assertNothingHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"join", "leave", "ban", "knock"})
    void nothingButAnInviteIsSigned(String membership) {
        PeerRoom room = room("2");

        Door.Answer answer = first(room, invite(room, membership));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errcode()).contains("M_INVALID_PARAM");
        assertNothingHappened();
    }

    @Test
    void anInviteOfARoomThatWeKnowMustBeOfItsVersion() {
        PeerRoom room = room("10");
        rooms.know(new RoomFacts(room.roomId(), "9", Optional.empty(), false, Map.of(Door.OURS, 1), List.of(), 0));

        Door.Answer answer = second(room, invite(room, "invite"), "10");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errcode()).contains("M_INVALID_PARAM");
        assertNothingHappened();
    }

    @Test
    void anInviteOfNobodyIsNotSigned() {
        PeerRoom room = room("2");
        neighbours.answer("provider", request -> new Neighbours.Answer(404, JsonObject.EMPTY));

        Door.Answer answer = first(room, invite(room, "invite"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errcode()).contains("M_NOT_FOUND");
        assertNothingHappened();
    }

    private PeerRoom room(String version) {
        return PeerRoom.create(peer, RoomVersions.require(version), "ann");
    }

    private Pdu invite(PeerRoom room, String membership) {
        return room.draft(
                peer.user("ann"),
                "m.room.member",
                Optional.of(ALICE),
                JsonObject.EMPTY.with("membership", membership),
                room.heads());
    }

    private Door.Answer first(PeerRoom room, Pdu invite) {
        JsonObject unsigned = JsonObject.EMPTY.with("invite_room_state", shown(room));
        return put("v1", room, invite, invite.json().with("unsigned", unsigned));
    }

    private Door.Answer second(PeerRoom room, Pdu invite, String version) {
        JsonObject body = JsonObject.EMPTY
                .with("room_version", version)
                .with("event", invite.json())
                .with("invite_room_state", shown(room));
        return put("v2", room, invite, body);
    }

    private Door.Answer put(String form, PeerRoom room, Pdu invite, JsonObject body) {
        String target = "/_matrix/federation/" + form + "/invite/"
                + FederationPeer.encode(room.roomId().toString()) + "/"
                + FederationPeer.encode(invite.eventId().toString());
        return new Door(url).signed(peer, "PUT", target, Optional.of(body));
    }

    private static JsonArray shown(PeerRoom room) {
        return JsonArray.of(room.currentState().stream().map(Pdu::json).toArray(JsonValue[]::new));
    }

    private void assertSigned(JsonObject answer, Pdu invite) {
        JsonObject event = answer.object("event").orElseThrow();
        JsonObject signatures = event.object("signatures").orElseThrow();
        assertThat(signatures.has(US.name().value())).isTrue();
        assertThat(signatures.without(US.name().value()))
                .isEqualTo(invite.json().object("signatures").orElseThrow());
        assertThat(event.without("signatures").without("unsigned"))
                .isEqualTo(invite.json().without("signatures"));
    }

    private void assertLoggedOutOfBand(Pdu invite, String version) {
        assertThat(verdicts.logged).hasSize(1);
        ReceivedRecord.OutOfBand logged = (ReceivedRecord.OutOfBand) verdicts.logged.get(0);
        assertThat(logged.eventId()).isEqualTo(invite.eventId());
        assertThat(logged.roomVersion()).isEqualTo(version);
        assertThat(logged.membership()).isEqualTo("invite");
        assertThat(logged.strippedState())
                .anyMatch(event ->
                        event.string("type").filter("m.room.create"::equals).isPresent());
    }

    private void assertNothingHappened() {
        assertThat(neighbours.requestsTo("key")).isEmpty();
        assertThat(verdicts.logged).isEmpty();
    }
}
