package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a peer may send that it should not. */
@Tag("slow")
class BadInputTest {

    private final ServerName server = Clusters.nameOf(Clusters.first());
    private final ClientUser alice = Clusters.user(Clusters.first(), "alice");
    private final FederationPeer peer = Clusters.peer();
    private final UserId mallory = peer.identity().user("mallory");
    private final RoomId roomId = Rooms.publicRoom(alice, "11");
    private final PeerRoom room = peer.join(server, roomId, mallory);

    @AfterEach
    void stopThePeer() {
        peer.close();
    }

    @Test
    void aBadSignatureIsAnErrorInTheAnswerAndStoresNothing() {
        Pdu good = room.message(mallory, "good");
        JsonObject forged = good.json().with("origin_server_ts", 1);

        FederationPeer.Answer answer = send("bad-signature", forged);

        assertThat(answer.status()).isEqualTo(200);
        JsonObject only = onlyResult(answer);
        assertThat(only.string("error")).isPresent();
    }

    @Test
    void aWrongContentHashIsRedactedAndKept() {
        Pdu message = room.message(mallory, "said");
        JsonObject changed = message.json()
                .with("content", JsonObject.EMPTY.with("msgtype", "m.text").with("body", "put into my mouth"));

        FederationPeer.Answer answer = send("wrong-hash", changed);

        assertThat(onlyResult(answer)).isEqualTo(JsonObject.EMPTY);
        JsonObject seen = alice.awaitEvent(roomId, message.eventId(), Rooms.PATIENCE);
        assertThat(seen.object("content")).contains(JsonObject.EMPTY);
    }

    @Test
    void anUnknownRoomIsIgnored() {
        PeerRoom elsewhere = PeerRoom.create(peer.identity(), RoomVersions.V11, "mallory");
        Pdu message = elsewhere.message(mallory, "hello?");

        FederationPeer.Answer answer = send("unknown-room", message.json());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.object().object("pdus")).contains(JsonObject.EMPTY);
    }

    @Test
    void aReplayedTransactionGetsTheSameAnswerAndIsSeenOnce() {
        Pdu message = room.message(mallory, "once");

        FederationPeer.Answer first = send("replayed", message.json());
        FederationPeer.Answer second = send("replayed", message.json());
        FederationPeer.Answer underAnotherName = send("replayed-again", message.json());

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(underAnotherName.body()).isEqualTo(first.body());
        alice.awaitEvent(roomId, message.eventId(), Rooms.PATIENCE);
        Pdu after = room.message(mallory, "after");
        send("after", after.json());
        alice.awaitEvent(roomId, after.eventId(), Rooms.PATIENCE);
        long seen = ClientUser.eventsOf(alice.sync(Optional.empty(), java.time.Duration.ZERO), roomId).stream()
                .filter(event -> event.string("event_id")
                        .equals(Optional.of(message.eventId().toString())))
                .count();
        assertThat(seen).isEqualTo(1);
    }

    @Test
    void aRejectedEventIsAnsweredWithoutErrorAndNeverShown() {
        Pdu takeover = room.draft(
                mallory,
                "m.room.power_levels",
                Optional.of(""),
                JsonObject.EMPTY.with("users", JsonObject.EMPTY.with(mallory.toString(), 100)),
                room.heads());

        FederationPeer.Answer answer = send("takeover", takeover.json());
        Pdu after = room.message(mallory, "nothing happened");
        send("after-takeover", after.json());

        assertThat(onlyResult(answer)).isEqualTo(JsonObject.EMPTY);
        alice.awaitEvent(roomId, after.eventId(), Rooms.PATIENCE);
        assertThat(alice.state(roomId, "m.room.power_levels", "")
                        .flatMap(content -> content.object("users"))
                        .filter(users -> users.has(mallory.toString())))
                .isEmpty();
    }

    @Test
    void tooManyPdusAreRefusedWhole() {
        JsonObject body = JsonObject.EMPTY.with(
                "pdus", JsonArray.of(Collections.nCopies(51, JsonObject.EMPTY).toArray(new JsonValue[0])));

        FederationPeer.Answer answer = peer.put(server, "/_matrix/federation/v1/send/too-many", body);

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void unsignedAndForeignRequestsAreUnauthorized() {
        FederationPeer.Answer unsigned = peer.send(
                "GET", server, "/_matrix/federation/v1/state_ids/x?event_id=y", Optional.empty(), Optional.empty());
        String forAnother = peer.identity()
                .authorization(
                        "GET", "/_matrix/federation/v1/event/x", new ServerName("else.example"), Optional.empty());
        FederationPeer.Answer misaddressed =
                peer.send("GET", server, "/_matrix/federation/v1/event/x", Optional.empty(), Optional.of(forAnother));

        assertThat(unsigned.status()).isEqualTo(401);
        assertThat(misaddressed.status()).isEqualTo(401);
        assertThat(unsigned.object().string("errcode")).contains("M_UNAUTHORIZED");
    }

    @Test
    void unknownPathsAndMethodsAreUnrecognized() {
        FederationPeer.Answer path =
                peer.send("GET", server, "/_matrix/federation/v1/nothing", Optional.empty(), Optional.empty());
        FederationPeer.Answer method =
                peer.send("PUT", server, "/_matrix/federation/v1/version", Optional.of(bytes("{}")), Optional.empty());

        assertThat(path.status()).isEqualTo(404);
        assertThat(path.object().string("errcode")).contains("M_UNRECOGNIZED");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.object().string("errcode")).contains("M_UNRECOGNIZED");
    }

    @Test
    void aServerThatIsNotInTheRoomSeesNothingOfIt() {
        Pdu message = room.message(mallory, "private");
        send("private", message.json());
        alice.awaitEvent(roomId, message.eventId(), Rooms.PATIENCE);
        try (FederationPeer stranger = Clusters.peer()) {
            String event = FederationPeer.encode(message.eventId().toString());
            String room = FederationPeer.encode(roomId.toString());
            for (String target : List.of(
                    "/_matrix/federation/v1/event/" + event,
                    "/_matrix/federation/v1/state_ids/" + room + "?event_id=" + event,
                    "/_matrix/federation/v1/state/" + room + "?event_id=" + event,
                    "/_matrix/federation/v1/event_auth/" + room + "/" + event,
                    "/_matrix/federation/v1/backfill/" + room + "?v=" + event + "&limit=10")) {
                assertThat(stranger.get(server, target).status()).as(target).isEqualTo(403);
            }
        }
    }

    @Test
    void aGapIsFilledFromTheServerThatMadeIt() {
        Pdu missing = room.message(mallory, "missing");
        Pdu pushed = room.message(mallory, "pushed");
        peer.answer(
                "/_matrix/federation/v1/get_missing_events/",
                request -> FederationPeer.Answer.ok(JsonObject.EMPTY.with("events", JsonArray.of(missing.json()))));

        send("gap", pushed.json());

        alice.awaitEvent(roomId, pushed.eventId(), Rooms.PATIENCE);
        alice.awaitEvent(roomId, missing.eventId(), Rooms.PATIENCE);
        await().atMost(Rooms.PATIENCE)
                .untilAsserted(() -> assertThat(peer.requests())
                        .anyMatch(request -> request.startsWith("POST /_matrix/federation/v1/get_missing_events/")));
    }

    private FederationPeer.Answer send(String txnId, JsonObject pdu) {
        JsonObject body = peer.transaction(List.of()).with("pdus", JsonArray.of(pdu));
        return peer.put(server, "/_matrix/federation/v1/send/" + txnId, body);
    }

    private static JsonObject onlyResult(FederationPeer.Answer answer) {
        JsonObject pdus = answer.object().object("pdus").orElseThrow();
        assertThat(pdus.names()).hasSize(1);
        return pdus.object(pdus.names().get(0)).orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
