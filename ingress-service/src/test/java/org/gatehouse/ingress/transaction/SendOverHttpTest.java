package org.gatehouse.ingress.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.ingress.surface.Door;
import org.gatehouse.ingress.surface.InMemoryRooms;
import org.gatehouse.ingress.surface.PublishedKeys;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions over HTTP, with a Kafka that is not there: what needs it is 503, what does not is answered. */
@QuarkusTest
class SendOverHttpTest {

    private static final PeerIdentity PEER = PeerIdentity.of("sending.example");
    private static final PeerRoom ROOM = PeerRoom.create(PEER, RoomVersions.V11, "ann");
    private static final String ANN = "@ann:sending.example";
    private static final String BOB = "@bob:" + Door.OURS;

    @Inject
    InMemoryRooms rooms;

    @Inject
    PublishedKeys keys;

    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void whoAndWhat() {
        keys.publish(PEER);
        rooms.know(new RoomFacts(ROOM.roomId(), "11", Optional.empty(), false, Map.of(Door.OURS, 1), List.of(), 0));
    }

    @Test
    void t12APduThatKafkaDoesNotTakeIs503Soon() {
        Pdu message = ROOM.message(PEER.user("ann"), "lost?");

        isUnavailableSoon("t12", JsonObject.EMPTY.with("pdus", JsonArray.of(message.json())));
    }

    @Test
    void e10AToDeviceMessageThatKafkaDoesNotTakeIs503Soon() {
        isUnavailableSoon("e10", edus(toDevice(JsonObject.EMPTY.with("PHONE", JsonObject.EMPTY))));
    }

    @Test
    void bothAtOnceTakeNoLonger() {
        Pdu message = ROOM.message(PEER.user("ann"), "lost?");
        JsonObject body = edus(toDevice(JsonObject.EMPTY.with("PHONE", JsonObject.EMPTY)))
                .with("pdus", JsonArray.of(message.json()));

        isUnavailableSoon("both", body);
    }

    @Test
    void e08AFloodOfToDeviceMessagesIs429() {
        JsonObject.Builder devices = JsonObject.builder();
        for (int i = 0; i < 10_001; i++) {
            devices.put("D" + i, JsonObject.EMPTY);
        }

        Door.Answer answer = send("e08", edus(toDevice(devices.build())));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.errcode()).contains("M_LIMIT_EXCEEDED");
        assertThat(answer.header("Retry-After")).contains("60");
        assertThat(answer.json().integer("retry_after_ms")).hasValue(60_000);
    }

    @Test
    void t07e05e06WhatHasNothingForUsIsAnswered() {
        JsonObject typingElsewhere = edu(
                "m.typing",
                JsonObject.EMPTY
                        .with("room_id", new RoomId("!elsewhere:sending.example").value())
                        .with("user_id", ANN)
                        .with("typing", true));

        assertThat(send("t07", JsonObject.EMPTY).json()).hasToString("{\"pdus\":{}}");
        Door.Answer answer = send(
                "e05",
                edus(
                        JsonObject.EMPTY,
                        edu("org.example.unknown", JsonObject.EMPTY),
                        edu("m.typing", JsonObject.EMPTY),
                        typingElsewhere,
                        edu("m.direct_to_device", JsonObject.EMPTY.with("sender", "@eve:other.example"))));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).hasToString("{\"pdus\":{}}");
    }

    @Test
    void e15OneMoreThanTheLimitIs400() {
        JsonArray hundred = JsonArray.of(Collections.nCopies(100, JsonObject.EMPTY));
        JsonArray hundredAndOne = JsonArray.of(Collections.nCopies(101, JsonObject.EMPTY));
        JsonArray fifty = JsonArray.of(Collections.nCopies(50, JsonObject.EMPTY));
        JsonArray fiftyOne = JsonArray.of(Collections.nCopies(51, JsonObject.EMPTY));

        assertThat(send("e15", JsonObject.EMPTY.with("edus", hundredAndOne)).status())
                .isEqualTo(400);
        assertThat(send("e15", JsonObject.EMPTY.with("pdus", fiftyOne)).status())
                .isEqualTo(400);
        assertThat(send("e15", JsonObject.EMPTY.with("pdus", fifty).with("edus", hundred))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "é 🦊", "%", "'; DROP TABLE x", "a\nb", "\u0000", "...", ";a=b", "?x#y"})
    void t06TransactionIdsAreOpaque(String txnId) {
        assertThat(send(FederationPeer.encode(txnId), JsonObject.EMPTY).status())
                .isEqualTo(200);
    }

    @Test
    void t06TransactionIdsHaveAtMost255Bytes() {
        assertThat(send("x".repeat(255), JsonObject.EMPTY).status()).isEqualTo(200);
        assertThat(send("x".repeat(256), JsonObject.EMPTY).status()).isEqualTo(400);
        assertThat(send(FederationPeer.encode("é".repeat(128)), JsonObject.EMPTY)
                        .status())
                .isEqualTo(400);
    }

    private void isUnavailableSoon(String txnId, JsonObject body) {
        long begun = System.nanoTime();

        Door.Answer answer = send(txnId, body);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(7));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
    }

    private Door.Answer send(String encodedTxnId, JsonObject body) {
        return new Door(url).signed(PEER, "PUT", "/_matrix/federation/v1/send/" + encodedTxnId, Optional.of(body));
    }

    private static JsonObject edus(JsonValue... edus) {
        return JsonObject.EMPTY.with("edus", JsonArray.of(edus));
    }

    private static JsonObject toDevice(JsonObject byDevice) {
        return edu(
                "m.direct_to_device",
                JsonObject.EMPTY
                        .with("sender", ANN)
                        .with("type", "m.dummy")
                        .with("message_id", "m1")
                        .with("messages", JsonObject.EMPTY.with(BOB, byDevice)));
    }

    private static JsonObject edu(String type, JsonObject content) {
        return JsonObject.EMPTY.with("edu_type", type).with("content", content);
    }
}
