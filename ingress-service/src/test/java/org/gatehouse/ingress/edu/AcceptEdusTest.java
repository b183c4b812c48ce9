package org.gatehouse.ingress.edu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNull;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.log.LogUnavailable;
import org.junit.jupiter.api.Test;

class AcceptEdusTest {

    private static final ServerName PEER = new ServerName("peer.example");
    private static final ServerName HOSTED = new ServerName("hosted.example");
    private static final RoomId OURS = new RoomId("!ours:peer.example");
    private static final RoomId DENYING = new RoomId("!denying:peer.example");
    private static final RoomId LEFT = new RoomId("!left:peer.example");
    private static final RoomId UNKNOWN = new RoomId("!unknown:peer.example");
    private static final String ANN = "@ann:peer.example";
    private static final UserId BOB = new UserId("@bob:hosted.example");
    private static final String EVENT = "$lXy9pnyUIhGUm0S3nGdUZYcNCfZbBqFUJ4zA6bWyxDE";

    private final Map<RoomId, KnownRoom> rooms = new TreeMap<>();
    private final EduFixture fixture = new EduFixture(id -> Uni.createFrom().item(Optional.ofNullable(rooms.get(id))));
    private final AcceptEdus acceptEdus = fixture.instance();

    AcceptEdusTest() {
        know(OURS, Optional.empty(), Map.of(HOSTED, 1));
        know(LEFT, Optional.empty(), Map.of());
        JsonObject acl = JsonObject.EMPTY
                .with("allow", JsonArray.of(new JsonString("*")))
                .with("deny", JsonArray.of(new JsonString("peer.example")));
        know(DENYING, Optional.of(acl), Map.of(HOSTED, 1));
    }

    private void know(RoomId id, Optional<JsonObject> acl, Map<ServerName, Integer> residents) {
        rooms.put(id, KnownRoom.of(new RoomFacts(id, "11", acl, false, residents, List.of(), 0)));
    }

    @Test
    void e01PublishesTypingInARoomOfOursOnly() {
        accept(
                typing(OURS, ANN),
                typing(OURS, "@eve:other.example"),
                typing(DENYING, ANN),
                typing(LEFT, ANN),
                typing(UNKNOWN, ANN));

        assertThat(fixture.log).containsExactly(new ReceivedEdu.Typing(PEER, HOSTED, OURS, new UserId(ANN), true));
        assertThat(counted("m.typing", "denied")).isEqualTo(1);
        assertThat(counted("m.typing", "ignored")).isEqualTo(2);
    }

    @Test
    void e02TakesTheReceiptsOfTheRoomsAndUsersThatAreFit() {
        JsonObject users = JsonObject.EMPTY.with(ANN, receipt()).with("@eve:other.example", receipt());
        JsonObject room = JsonObject.EMPTY.with("m.read", users);
        accept(edu(
                "m.receipt",
                JsonObject.EMPTY
                        .with(OURS.toString(), room)
                        .with(DENYING.toString(), room)
                        .with(UNKNOWN.toString(), room)));

        assertThat(fixture.log).singleElement().isInstanceOfSatisfying(ReceivedEdu.ReadReceipts.class, receipts -> {
            assertThat(receipts.roomId()).isEqualTo(OURS);
            assertThat(receipts.receipts()).extracting(ReceivedEdu.Read::userId).containsExactly(new UserId(ANN));
        });
    }

    @Test
    void e03BoundsWhatOneTransactionMakesOfReceipts() {
        JsonObject.Builder content = JsonObject.builder();
        JsonObject room = JsonObject.EMPTY.with("m.read", JsonObject.EMPTY.with(ANN, receipt()));
        for (int i = 0; i < AcceptEdus.MAX_VOLATILE + 100; i++) {
            RoomId id = new RoomId("!" + i + ":peer.example");
            know(id, Optional.empty(), Map.of(HOSTED, 1));
            content.put(id.toString(), room);
        }

        accept(edu("m.receipt", content.build()), toDevice("m1", BOB, "PHONE"));

        assertThat(fixture.log).hasSize(AcceptEdus.MAX_VOLATILE + 1);
        assertThat(fixture.log)
                .filteredOn(ReceivedEdu.ToDevice.class::isInstance)
                .hasSize(1);
    }

    @Test
    void e05AndE06IgnoreWhatIsUnknownOrMalformed() {
        accept(
                JsonNull.NULL,
                new JsonString("x"),
                JsonObject.EMPTY,
                edu("org.example.new", JsonObject.EMPTY),
                edu("x".repeat(10_000), JsonObject.EMPTY),
                JsonObject.EMPTY.with("edu_type", 1).with("content", JsonObject.EMPTY),
                JsonObject.EMPTY.with("edu_type", "m.typing").with("content", JsonNull.NULL),
                JsonObject.EMPTY.with("edu_type", "m.typing").with("content", JsonArray.EMPTY),
                typing(OURS, ANN));

        assertThat(fixture.log).hasSize(1);
        assertThat(counted("other", "ignored")).isEqualTo(2);
        assertThat(counted("m.typing", "rejected")).isEqualTo(2);
        assertThat(counted("other", "rejected")).isEqualTo(4);
    }

    @Test
    void e07SplitsToDeviceMessagesByTargetAndKeepsForeignOnesOut() {
        JsonObject messages = JsonObject.EMPTY
                .with(BOB.toString(), JsonObject.EMPTY.with("PHONE", body("1")).with("*", body("2")))
                .with("@bea:hosted.example", JsonObject.EMPTY.with("PC", body("3")))
                .with("@cat:elsewhere.example", JsonObject.EMPTY.with("PC", body("4")));
        accept(toDevice(ANN, "m1", messages), toDevice("@eve:other.example", "m2", messages));

        assertThat(fixture.log).extracting(ReceivedEdu::key).containsExactly("@bea:hosted.example", BOB.toString());
        ReceivedEdu.ToDevice toBob = (ReceivedEdu.ToDevice) fixture.log.get(1);
        assertThat(toBob.sender()).isEqualTo(new UserId(ANN));
        assertThat(toBob.messages()).hasToString("{\"*\":{\"body\":\"2\"},\"PHONE\":{\"body\":\"1\"}}");
    }

    @Test
    void e08RefusesATransactionOverItsBudgetWhole() {
        List<JsonValue> flood = new ArrayList<>();
        flood.add(typing(OURS, ANN));
        for (int i = 0; i <= EduFixture.MESSAGES_PER_TRANSACTION; i++) {
            flood.add(toDevice("m" + i, BOB, "PHONE"));
        }

        assertThatThrownBy(() -> accept(flood.toArray(new JsonValue[0])))
                .isInstanceOfSatisfying(MatrixError.class, error -> {
                    assertThat(error.status()).isEqualTo(429);
                    assertThat(error.errcode()).isEqualTo("M_LIMIT_EXCEEDED");
                    assertThat(error.retryAfter()).isPresent();
                });
        assertThat(fixture.log).isEmpty();
    }

    @Test
    void e08RefusesTooManyBytes() {
        JsonObject large = JsonObject.EMPTY.with("body", "x".repeat((int) EduFixture.BYTES_PER_TRANSACTION));
        JsonObject messages = JsonObject.EMPTY.with(BOB.toString(), JsonObject.EMPTY.with("PHONE", large));

        assertThatThrownBy(() -> accept(toDevice(ANN, "m1", messages))).isInstanceOf(MatrixError.class);
        assertThat(fixture.log).isEmpty();
    }

    @Test
    void e08TakesTheSameTransactionWhenTheOriginHasWaited() {
        JsonValue[] ten = new JsonValue[10];
        for (int i = 0; i < ten.length; i++) {
            ten[i] = toDevice("m" + i, BOB, "PHONE");
        }
        JsonValue[] others = new JsonValue[10];
        for (int i = 0; i < others.length; i++) {
            others[i] = toDevice("n" + i, BOB, "PHONE");
        }
        accept(ten);

        Duration wait = retryAfter(others);
        fixture.clock.move(wait);
        accept(others);

        assertThat(wait).isEqualTo(Duration.ofSeconds(20));
        assertThat(fixture.log).hasSize(20);
    }

    @Test
    void e08DoesNotLetOneOriginPayForAnother() {
        for (int i = 0; i < EduFixture.MESSAGES_PER_MINUTE; i++) {
            accept(toDevice("m" + i, BOB, "PHONE"));
        }
        ServerName other = new ServerName("other.example");

        AdmittedEdus admitted =
                acceptEdus.admit(other, HOSTED, List.of(toDevice("@eve:other.example", "m1", one(BOB, "PHONE"))));

        assertThat(admitted.records()).hasSize(1);
        assertThat(retryAfter(toDevice("one more", BOB, "PHONE"))).isPositive();
    }

    @Test
    void e09DoesNotPublishAgainWhatWasAcknowledged() {
        accept(toDevice("m1", BOB, "PHONE"));
        accept(toDevice("m1", BOB, "PHONE"));

        assertThat(fixture.log).hasSize(1);
        assertThat(counted("m.direct_to_device", "duplicate")).isEqualTo(1);
    }

    @Test
    void e10FailsIfAMessageIsNotAcknowledgedAndTheRepeatPublishesThatOneAlone() {
        JsonObject first = toDevice("m1", BOB, "PHONE");
        JsonObject second = toDevice("m2", BOB, "PHONE");
        fixture.refused = edu -> ((ReceivedEdu.ToDevice) edu).messageId().equals("m2");
        assertThatThrownBy(() -> accept(first, second)).isInstanceOf(LogUnavailable.class);
        fixture.refused = edu -> false;

        accept(first, second);

        assertThat(fixture.log)
                .extracting(edu -> ((ReceivedEdu.ToDevice) edu).messageId())
                .containsExactly("m1", "m2");
    }

    @Test
    void e11AndE12PublishDeviceListsAndKeysOfTheOriginsUsers() {
        accept(
                edu("m.device_list_update", update(ANN).with("stream_id", 7)),
                edu("m.device_list_update", update("@eve:other.example").with("stream_id", 7)),
                edu("m.device_list_update", update(ANN).with("stream_id", "7")),
                edu("m.device_list_update", update(ANN).with("stream_id", -1)),
                edu("m.signing_key_update", JsonObject.EMPTY.with("user_id", ANN)),
                edu("m.signing_key_update", JsonObject.EMPTY.with("user_id", "@eve:other.example")));

        assertThat(fixture.log).hasSize(2);
        assertThat(fixture.log.get(0)).isInstanceOf(ReceivedEdu.DeviceList.class);
        assertThat(fixture.log.get(1)).isInstanceOf(ReceivedEdu.SigningKeys.class);
    }

    @Test
    void e13TakesSoManyPresencesAndOnlyOwnUsers() {
        List<JsonValue> push = new ArrayList<>();
        push.add(presence("@eve:other.example"));
        for (int i = 0; i < 10_000; i++) {
            push.add(presence("@" + i + ":peer.example"));
        }

        accept(edu("m.presence", JsonObject.EMPTY.with("push", JsonArray.of(push.toArray(new JsonValue[0])))));

        assertThat(fixture.log)
                .hasSize(SplitEdu.MAX_PRESENCES)
                .allSatisfy(edu -> assertThat(edu.key()).endsWith(":peer.example"));
    }

    @Test
    void e14TakesAUserOfTheOriginInAnotherCaseForAForeignOne() {
        accept(typing(OURS, "@ann:PEER.example"));

        assertThat(fixture.log).isEmpty();
    }

    private void accept(JsonValue... edus) {
        acceptEdus
                .publish(acceptEdus.admit(PEER, HOSTED, List.of(edus)))
                .await()
                .indefinitely();
    }

    private Duration retryAfter(JsonValue... edus) {
        try {
            acceptEdus.admit(PEER, HOSTED, List.of(edus));
            return Duration.ZERO;
        } catch (MatrixError error) {
            return error.retryAfter().orElseThrow();
        }
    }

    private double counted(String type, String outcome) {
        return fixture.meters
                .counter("matrix_federation_inbound_edus_total", "type", type, "outcome", outcome)
                .count();
    }

    private static JsonObject edu(String type, JsonObject content) {
        return JsonObject.EMPTY.with("edu_type", type).with("content", content);
    }

    private static JsonObject typing(RoomId room, String user) {
        return edu(
                "m.typing",
                JsonObject.EMPTY
                        .with("room_id", room.toString())
                        .with("user_id", user)
                        .with("typing", true));
    }

    private static JsonObject receipt() {
        return JsonObject.EMPTY
                .with("event_ids", JsonArray.of(new JsonString(EVENT)))
                .with("data", JsonObject.EMPTY.with("ts", 1));
    }

    private static JsonObject presence(String user) {
        return JsonObject.EMPTY.with("user_id", user).with("presence", "online").with("last_active_ago", 1);
    }

    private static JsonObject update(String user) {
        return JsonObject.EMPTY.with("user_id", user).with("device_id", "PHONE");
    }

    private static JsonObject toDevice(String messageId, UserId target, String device) {
        return toDevice(ANN, messageId, one(target, device));
    }

    private static JsonObject one(UserId target, String device) {
        return JsonObject.EMPTY.with(target.toString(), JsonObject.EMPTY.with(device, body("x")));
    }

    private static JsonObject toDevice(String sender, String messageId, JsonObject messages) {
        return edu(
                "m.direct_to_device",
                JsonObject.EMPTY
                        .with("sender", sender)
                        .with("type", "m.room.encrypted")
                        .with("message_id", messageId)
                        .with("messages", messages));
    }

    private static JsonObject body(String text) {
        return JsonObject.EMPTY.with("body", text);
    }
}
