package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One cluster that is two servers, a user of each, and a third server that knows nothing of it. */
@Tag("slow")
class SeveralNamesTest {

    private final PairedCluster pair = Clusters.pair();
    private final ServerName one = pair.firstName();
    private final ServerName two = pair.secondName();
    private final ClientUser anna = Clusters.user(pair.cluster(), "anna", one);
    private final ClientUser berta = Clusters.user(pair.cluster(), "berta", two);
    private final FederationPeer peer = Clusters.peer();
    private final UserId carol = peer.identity().user("carol");

    @AfterEach
    void stopThePeer() {
        peer.close();
    }

    @Test
    void eachNameHasItsOwnUsersAndKeys() {
        assertThat(anna.id().serverName()).isEqualTo(one);
        assertThat(berta.id().serverName()).isEqualTo(two);
        assertThat(keysOf(one).string("server_name")).contains(one.toString());
        assertThat(keysOf(two).string("server_name")).contains(two.toString());
        assertThat(keysOf(one).object("verify_keys")).isNotEqualTo(keysOf(two).object("verify_keys"));
    }

    @Test
    void betweenThemNothingLeavesTheCluster() {
        int before = pair.federationDoor().connections();

        RoomId room = Rooms.privateRoom(anna, berta.id(), "12");
        berta.awaitInvite(room, Rooms.PATIENCE);
        berta.join(room, one.toString()).ok();
        berta.awaitEvent(room, anna.say(room, "from the first name"), Rooms.PATIENCE);
        anna.awaitEvent(room, berta.say(room, "from the second name"), Rooms.PATIENCE);
        EventId topic = Rooms.eventId(berta.setState(room, "m.room.topic", "", Rooms.topic("of both")));
        anna.awaitEvent(room, topic, Rooms.PATIENCE);
        anna.membership(
                        room,
                        "kick",
                        JsonObject.EMPTY.with("user_id", berta.id().toString()))
                .ok();

        assertThat(anna.state(room, "m.room.topic", "").flatMap(content -> content.string("topic")))
                .contains("of both");
        assertThat(berta.send(room, "m.room.message", JsonObject.EMPTY).status())
                .isEqualTo(403);
        assertThat(pair.federationDoor().connections()).isEqualTo(before);
    }

    @Test
    void anInviteThatIsRejectedStaysInsideToo() {
        int before = pair.federationDoor().connections();

        RoomId room = Rooms.privateRoom(anna, berta.id(), "11");
        berta.awaitInvite(room, Rooms.PATIENCE);
        berta.membership(room, "leave", JsonObject.EMPTY).ok();

        anna.awaitEvent(
                room,
                event -> event.string("state_key")
                                .filter(berta.id().toString()::equals)
                                .isPresent()
                        && event.object("content")
                                .flatMap(content -> content.string("membership"))
                                .filter("leave"::equals)
                                .isPresent(),
                Rooms.PATIENCE);
        assertThat(pair.federationDoor().connections()).isEqualTo(before);
    }

    @Test
    void aThirdServerSeesTwoServersInOneRoom() {
        RoomId room = Rooms.privateRoom(anna, berta.id(), "11");
        berta.awaitInvite(room, Rooms.PATIENCE);
        berta.join(room, one.toString()).ok();
        anna.invite(room, carol).ok();
        PeerRoom seen = peer.join(two, room, carol);

        EventId ofAnna = anna.say(room, "one");
        EventId ofBerta = berta.say(room, "two");
        await().atMost(Rooms.PATIENCE)
                .untilAsserted(() -> assertThat(received()).containsOnlyOnce(anna.id() + " one", berta.id() + " two"));
        assertThat(origins()).contains(one.toString(), two.toString());

        // A server sends its events to every server in the room: to one cluster twice.
        Pdu message = seen.message(carol, "three");
        for (ServerName name : List.of(one, two)) {
            assertThat(peer.sendTransaction(name, "to-" + name.host(), List.of(message))
                            .status())
                    .isEqualTo(200);
        }
        anna.awaitEvent(room, message.eventId(), Rooms.PATIENCE);
        berta.awaitEvent(room, message.eventId(), Rooms.PATIENCE);
        for (ClientUser user : List.of(anna, berta)) {
            assertThat(Rooms.timelineOf(user, room, "m.room.message"))
                    .containsOnlyOnce(ofAnna, ofBerta, message.eventId())
                    .hasSize(3);
        }
        assertThat(Rooms.stateIds(peer, one, room, message.eventId()))
                .isEqualTo(Rooms.stateIds(peer, two, room, message.eventId()));
    }

    private List<String> received() {
        return peer.receivedPdus().stream()
                .filter(pdu ->
                        pdu.string("type").filter("m.room.message"::equals).isPresent())
                .map(pdu -> pdu.string("sender").orElseThrow() + " "
                        + pdu.object("content")
                                .flatMap(content -> content.string("body"))
                                .orElseThrow())
                .toList();
    }

    private List<String> origins() {
        return peer.transactions().stream()
                .flatMap(body -> body.string("origin").stream())
                .toList();
    }

    private JsonObject keysOf(ServerName name) {
        return peer.send("GET", name, "/_matrix/key/v2/server", Optional.empty(), Optional.empty())
                .object();
    }
}
