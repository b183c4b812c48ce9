package org.gatehouse.stateresolution.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gatehouse.stateresolution.testroom.SignedRoom.ALICE;
import static org.gatehouse.stateresolution.testroom.SignedRoom.BOB;
import static org.gatehouse.stateresolution.testroom.SignedRoom.CAROL;
import static org.gatehouse.stateresolution.testroom.SignedRoom.text;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.testroom.SignedRoom;
import org.gatehouse.stateresolution.testroom.TestJudge;
import org.gatehouse.stateresolution.testroom.Tip;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final ServerName B = new ServerName("b.example");
    private static final ServerName C = new ServerName("c.example");

    private final SignedRoom room = new SignedRoom(RoomVersions.V11);
    private final TestJudge judge = new TestJudge();

    @BeforeEach
    void judgeTheBeginning() {
        judge.judgeAll(room.beginning);
    }

    @Test
    void givesTheStateBeforeAnEventWithItsWholeAuthChain() {
        Pdu join = room.beginning.get(4);

        JsonObject ids = json(
                ask(read -> StateForServers.stateIds(read, B, join.eventId().value())));
        JsonObject state =
                json(ask(read -> StateForServers.state(read, B, join.eventId().value())));

        assertThat(strings(ids, "pdu_ids"))
                .containsExactlyInAnyOrderElementsOf(room.beginning.subList(0, 4).stream()
                        .map(event -> event.eventId().value())
                        .toList());
        assertThat(strings(ids, "auth_chain_ids"))
                .containsExactlyInAnyOrderElementsOf(room.beginning.subList(0, 3).stream()
                        .map(event -> event.eventId().value())
                        .toList());
        assertThat(state.array("pdus").orElseThrow().values())
                .containsExactlyInAnyOrderElementsOf(
                        room.beginning.subList(0, 4).stream().map(Pdu::json).toList());
        assertThat(state.array("auth_chain").orElseThrow().size()).isEqualTo(3);
    }

    @Test
    void givesTheAuthChainOfAMessage() {
        Pdu message = room.message(room.tip(), BOB, "hello");
        judge.judge(message);
        judge.restart();

        JsonObject answer = json(
                ask(read -> StateForServers.eventAuth(read, B, message.eventId().value())));

        assertThat(answer.array("auth_chain").orElseThrow().values())
                .containsExactlyInAnyOrderElementsOf(
                        room.beginning.stream().map(Pdu::json).toList());
    }

    @Test
    void refusesAServerThatIsNotInTheRoom() {
        String event = room.beginning.get(4).eventId().value();

        assertThatThrownBy(() -> ask(read -> StateForServers.state(read, C, event)))
                .isInstanceOfSatisfying(MatrixError.class, error -> {
                    assertThat(error.status()).isEqualTo(403);
                    assertThat(error.errcode()).isEqualTo("M_FORBIDDEN");
                });
        assertThatThrownBy(() -> ask(read -> StateForServers.state(read, C, "$unknown")))
                .isInstanceOfSatisfying(
                        MatrixError.class, error -> assertThat(error.status()).isEqualTo(403));
    }

    @Test
    void letsAServerThatLeftReadTheStateOfWhenItWasThere() {
        Pdu leave = room.member(room.tip(), BOB, BOB, "leave");
        Pdu later = room.message(room.after(room.tip(), leave), ALICE, "gone?");
        judge.judgeAll(List.of(leave, later));

        byte[] answer =
                ask(read -> StateForServers.stateIds(read, B, leave.eventId().value()));

        assertThat(strings(json(answer), "pdu_ids")).hasSize(5);
        assertThatThrownBy(() -> ask(read ->
                        StateForServers.stateIds(read, B, later.eventId().value())))
                .isInstanceOf(MatrixError.class);
    }

    @Test
    void answersOfAnotherRoomAsOfAnUnknownEvent() {
        SignedRoom other = new SignedRoom(RoomVersions.V12);
        judge.judgeAll(other.beginning);
        String elsewhere = other.beginning.get(4).eventId().value();

        MatrixError wrongRoom = errorOf(elsewhere);
        MatrixError unknown = errorOf("$unknown");

        assertThat(wrongRoom.status()).isEqualTo(404);
        assertThat(wrongRoom.errcode()).isEqualTo(unknown.errcode());
        assertThat(wrongRoom.text()).isEqualTo(unknown.text());
    }

    @Test
    void saysWhereANewEventGoesAndWhetherItMay() {
        for (RoomVersion version : List.of(RoomVersions.V10, RoomVersions.V11, RoomVersions.V12)) {
            SignedRoom made = new SignedRoom(version);
            TestJudge fresh = new TestJudge();
            fresh.judgeAll(made.beginning);
            JsonObject wish = JsonObject.builder()
                    .put("sender", CAROL.value())
                    .put("type", "m.room.member")
                    .put("state_key", CAROL.value())
                    .put("content", text("membership", "join"))
                    .build();

            JsonObject join = fresh.read(made.roomId(), read -> EventTemplate.of(read, wish));
            JsonObject message = fresh.read(
                    made.roomId(),
                    read -> EventTemplate.of(read, wish.with("type", "m.x").without("state_key")));

            assertThat(join.bool("allowed")).contains(true);
            assertThat(join.string("room_version")).contains(version.id());
            assertThat(strings(join, "prev_events"))
                    .containsExactly(made.beginning.get(4).eventId().value());
            assertThat(join.integer("depth")).hasValue(6);
            assertThat(strings(join, "auth_events")).hasSize(version.roomIdIsCreateHash() ? 2 : 3);
            assertThat(message.bool("allowed")).contains(false);
            assertThat(message.string("rule").orElseThrow()).startsWith("v" + version.id() + "/");
        }
    }

    @Test
    void buildsOnAtMostTwentyHeads() {
        for (int i = 0; i < 25; i++) {
            judge.judge(room.message(room.tip(), BOB, "branch " + i));
        }
        JsonObject wish = JsonObject.builder()
                .put("sender", BOB.value())
                .put("type", "m.room.message")
                .put("content", text("body", "x"))
                .build();

        JsonObject template = ask(read -> EventTemplate.of(read, wish));

        assertThat(strings(template, "prev_events")).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void givesTheCurrentStateOrASlotOfIt() {
        JsonObject all = json(ask(read -> RoomState.of(read, Optional.empty(), Optional.empty(), Optional.empty())));
        JsonObject bob = json(ask(
                read -> RoomState.of(read, Optional.empty(), Optional.of("m.room.member"), Optional.of(BOB.value()))));

        assertThat(all.array("events").orElseThrow().size()).isEqualTo(5);
        assertThat(strings(all, "joined_servers")).containsExactly("a.example", "b.example");
        assertThat(bob.array("events").orElseThrow().values())
                .containsExactly(JsonObject.builder()
                        .put("event_id", room.beginning.get(4).eventId().value())
                        .put("pdu", room.beginning.get(4).json())
                        .build());
    }

    @Test
    void answersAJoinWithTheStateBeforeIt() {
        Pdu join = room.join(room.tip(), CAROL);
        judge.judge(join);

        JsonObject answer =
                json(ask(read -> StateForServers.joinState(read, join.eventId().value())));

        assertThat(answer.array("state").orElseThrow().size()).isEqualTo(5);
        assertThat(answer.array("auth_chain").orElseThrow().size()).isEqualTo(4);
        assertThat(strings(answer, "servers_in_room")).containsExactly("a.example", "b.example");
    }

    @Test
    void showsSharedHistoryToWhoIsInTheRoom() {
        Pdu before = room.message(room.tip(), BOB, "before");
        Tip tip = room.after(room.tip(), before);
        Pdu join = room.join(tip, CAROL);
        judge.judgeAll(List.of(before, join));

        assertThat(visibility(C, before)).isEqualTo("visible");
        assertThat(visibility(new ServerName("d.example"), before)).isEqualTo("denied");
    }

    @Test
    void redactsWhatWasSentBeforeOneJoined() {
        Pdu joined = room.state(room.tip(), ALICE, "m.room.history_visibility", text("history_visibility", "joined"));
        Tip tip = room.after(room.tip(), joined);
        Pdu before = room.message(tip, BOB, "before");
        Pdu invite = room.member(room.after(tip, before), ALICE, CAROL, "invite");
        Tip invited = room.after(room.after(tip, before), invite);
        Pdu between = room.message(invited, BOB, "between");
        Pdu join = room.join(room.after(invited, between), CAROL);
        judge.judgeAll(List.of(joined, before, invite, between, join));

        assertThat(visibility(C, before)).isEqualTo("redacted");
        assertThat(visibility(C, between)).isEqualTo("redacted");
        assertThat(visibility(C, join)).isEqualTo("visible");
        assertThat(visibility(B, before)).isEqualTo("visible");
    }

    @Test
    void showsWhatWasSentSinceTheInviteIfTheRoomSaysSo() {
        Pdu rule = room.state(room.tip(), ALICE, "m.room.history_visibility", text("history_visibility", "invited"));
        Tip tip = room.after(room.tip(), rule);
        Pdu before = room.message(tip, BOB, "before");
        Pdu invite = room.member(room.after(tip, before), ALICE, CAROL, "invite");
        Tip invited = room.after(room.after(tip, before), invite);
        Pdu between = room.message(invited, BOB, "between");
        Pdu join = room.join(room.after(invited, between), CAROL);
        judge.judgeAll(List.of(rule, before, invite, between, join));

        assertThat(visibility(C, before)).isEqualTo("redacted");
        assertThat(visibility(C, between)).isEqualTo("visible");
    }

    @Test
    void showsAServerThatLeftWhatWasSentUntilThen() {
        Pdu leave = room.member(room.tip(), BOB, BOB, "leave");
        Pdu later = room.message(room.after(room.tip(), leave), ALICE, "gone?");
        judge.judgeAll(List.of(leave, later));

        assertThat(visibility(B, room.beginning.get(3))).isEqualTo("visible");
        assertThat(visibility(B, leave)).isEqualTo("visible");
        assertThat(visibility(B, later)).isEqualTo("redacted");
    }

    private String visibility(ServerName server, Pdu event) {
        String id = event.eventId().value();
        return ask(read -> Visibility.of(read, server, List.of(id)))
                .object("events")
                .flatMap(events -> events.string(id))
                .orElseThrow();
    }

    private MatrixError errorOf(String eventId) {
        try {
            ask(read -> StateForServers.state(read, B, eventId));
            throw new AssertionError("no error");
        } catch (MatrixError error) {
            return error;
        }
    }

    private <T> T ask(java.util.function.Function<Room, T> question) {
        return judge.read(room.roomId(), question);
    }

    private static JsonObject json(byte[] answer) {
        return StrictJson.parseObject(answer);
    }

    private static List<String> strings(JsonObject answer, String name) {
        return answer.array(name).map(JsonArray::strings).orElseThrow();
    }
}
