package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first form of an invite, which says no room version. */
@Tag("slow")
class OldInviteTest {

    private final ServerName server = Clusters.nameOf(Clusters.first());
    private final ClientUser alice = Clusters.user(Clusters.first(), "alice");
    private final FederationPeer peer = Clusters.peer();
    private final UserId mallory = peer.identity().user("mallory");

    @AfterEach
    void stopThePeer() {
        peer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void isSignedAndReachesTheInvitedUser(String version) {
        PeerRoom room = PeerRoom.create(peer.identity(), RoomVersions.require(version), "mallory");
        Pdu invite = room.draft(
                mallory,
                "m.room.member",
                Optional.of(alice.id().toString()),
                JsonObject.EMPTY.with("membership", "invite"),
                room.heads());
        JsonArray shown =
                JsonArray.of(room.currentState().stream().map(Pdu::json).toArray(JsonValue[]::new));

        FederationPeer.Answer answer = peer.put(
                server,
                "/_matrix/federation/v1/invite/"
                        + FederationPeer.encode(room.roomId().toString()) + "/"
                        + FederationPeer.encode(invite.eventId().toString()),
                invite.json().with("unsigned", JsonObject.EMPTY.with("invite_room_state", shown)));

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        JsonArray pair = (JsonArray) answer.body();
        assertThat(pair.values()).hasSize(2);
        JsonObject signatures = pair.values()
                .get(1)
                .asObject()
                .orElseThrow()
                .object("event")
                .flatMap(event -> event.object("signatures"))
                .orElseThrow();
        assertThat(signatures.has(server.toString())).isTrue();
        assertThat(signatures.has(peer.name().toString())).isTrue();
        assertThat(alice.awaitInvite(room.roomId(), Rooms.PATIENCE))
                .anyMatch(event ->
                        event.string("type").filter("m.room.join_rules"::equals).isPresent());
    }
}
