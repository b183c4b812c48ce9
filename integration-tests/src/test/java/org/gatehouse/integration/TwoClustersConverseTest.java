package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.gatehouse.local.ChildProcess.Signal;
import org.gatehouse.local.ClusterService;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class TwoClustersConverseTest {

    private final ClientUser alice = Clusters.user(Clusters.first(), "alice");
    private final ClientUser bob = Clusters.user(Clusters.second(), "bob");

    /** Each version that changes what goes over the wire, or how forks are resolved; 4, 5, 7 and 9 change rules alone. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "6", "8", "10", "11", "12"})
    void converseForkAndAgree(String version) {
        try (FederationPeer witness = Clusters.peer()) {
            RoomId room = joinedRoom(version);
            alice.invite(room, witness.identity().user("witness")).ok();
            witness.join(
                    Clusters.nameOf(Clusters.first()), room, witness.identity().user("witness"));
            bob.awaitEvent(room, alice.say(room, "from the first"), Rooms.PATIENCE);
            alice.awaitEvent(room, bob.say(room, "from the second"), Rooms.PATIENCE);

            List<EventId> fork = changeTheTopicUnheard(room);
            alice.awaitEvent(room, fork.get(1), Rooms.PATIENCE);
            bob.awaitEvent(room, fork.get(0), Rooms.PATIENCE);
            EventId tie = alice.say(room, "tied");
            bob.awaitEvent(room, tie, Rooms.PATIENCE);

            Rooms.StateIds ofFirst = Rooms.stateIds(witness, Clusters.nameOf(Clusters.first()), room, tie);
            Rooms.StateIds ofSecond = Rooms.stateIds(witness, Clusters.nameOf(Clusters.second()), room, tie);
            assertThat(ofFirst).isEqualTo(ofSecond);
            assertThat(ofFirst.state())
                    .containsAnyOf(fork.get(0).toString(), fork.get(1).toString());
            assertThat(alice.state(room, "m.room.topic", "")).isEqualTo(bob.state(room, "m.room.topic", ""));
        }
    }

    @Test
    void aLeaveIsSeenOnTheOtherSide() {
        RoomId room = joinedRoom("11");

        bob.membership(room, "leave", JsonObject.EMPTY).ok();

        alice.awaitEvent(room, event -> isMembership(event, bob, "leave"), Rooms.PATIENCE);
        assertThat(bob.send(room, "m.room.message", JsonObject.EMPTY).status()).isEqualTo(403);
    }

    @Test
    void aKickAndANewInviteLetTheUserComeBack() {
        RoomId room = joinedRoom("12");

        alice.membership(room, "kick", JsonObject.EMPTY.with("user_id", bob.id().toString()))
                .ok();
        bob.awaitSync(body -> left(body, room), Rooms.PATIENCE, "no leave");
        alice.invite(room, bob.id()).ok();
        bob.awaitInvite(room, Rooms.PATIENCE);
        bob.join(room, Clusters.nameOf(Clusters.first()).toString()).ok();

        EventId back = bob.say(room, "back again");
        alice.awaitEvent(room, back, Rooms.PATIENCE);
        bob.awaitEvent(room, alice.say(room, "welcome back"), Rooms.PATIENCE);
    }

    @Test
    void aBannedUserCannotJoin() {
        RoomId room = Rooms.publicRoom(alice, "12");
        alice.membership(room, "ban", JsonObject.EMPTY.with("user_id", bob.id().toString()))
                .ok();

        ClientUser.Answer answer =
                bob.join(room, Clusters.nameOf(Clusters.first()).toString());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().string("errcode")).contains("M_FORBIDDEN");
    }

    @Test
    void anInviteThatIsTakenBackDisappears() {
        RoomId room = Rooms.privateRoom(alice, bob.id(), "11");
        bob.awaitInvite(room, Rooms.PATIENCE);

        alice.membership(room, "kick", JsonObject.EMPTY.with("user_id", bob.id().toString()))
                .ok();

        await().atMost(Rooms.PATIENCE)
                .untilAsserted(() -> assertThat(invited(room)).isFalse());
    }

    @Test
    void anInviteThatIsRejectedIsEndedOnBothSides() {
        RoomId room = Rooms.privateRoom(alice, bob.id(), "12");
        bob.awaitInvite(room, Rooms.PATIENCE);

        bob.membership(room, "leave", JsonObject.EMPTY).ok();

        alice.awaitEvent(room, event -> isMembership(event, bob, "leave"), Rooms.PATIENCE);
        await().atMost(Rooms.PATIENCE)
                .untilAsserted(() -> assertThat(invited(room)).isFalse());
    }

    private RoomId joinedRoom(String version) {
        RoomId room = Rooms.privateRoom(alice, bob.id(), version);
        bob.awaitInvite(room, Rooms.PATIENCE);
        bob.join(room, Clusters.nameOf(Clusters.first()).toString()).ok();
        return room;
    }

    private List<EventId> changeTheTopicUnheard(RoomId room) {
        gatesOut(Signal.STOP);
        try {
            return List.of(
                    Rooms.eventId(alice.setState(room, "m.room.topic", "", Rooms.topic("of alice"))),
                    Rooms.eventId(bob.setState(room, "m.room.topic", "", Rooms.topic("of bob"))));
        } finally {
            gatesOut(Signal.CONT);
        }
    }

    private static void gatesOut(Signal signal) {
        Clusters.first().process(ClusterService.EGRESS).signal(signal);
        Clusters.second().process(ClusterService.EGRESS).signal(signal);
    }

    private boolean invited(RoomId room) {
        return bob.sync(java.util.Optional.empty(), Duration.ZERO)
                .object("rooms")
                .flatMap(rooms -> rooms.object("invite"))
                .filter(invites -> invites.has(room.toString()))
                .isPresent();
    }

    private static java.util.Optional<JsonObject> left(JsonObject body, RoomId room) {
        return body.object("rooms")
                .flatMap(rooms -> rooms.object("leave"))
                .flatMap(rooms -> rooms.object(room.toString()));
    }

    private static boolean isMembership(JsonObject event, ClientUser user, String membership) {
        return event.string("type").filter("m.room.member"::equals).isPresent()
                && event.string("state_key")
                        .filter(user.id().toString()::equals)
                        .isPresent()
                && event.object("content")
                        .flatMap(content -> content.string("membership"))
                        .filter(membership::equals)
                        .isPresent();
    }
}
