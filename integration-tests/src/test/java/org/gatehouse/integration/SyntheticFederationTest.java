package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.local.Cluster;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;
import org.gatehouse.testkit.SyntheticFederation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A room of many servers, all of which are one listener of the test. */
@Tag("slow")
class SyntheticFederationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SERVERS = 40;

    private final Cluster cluster = Clusters.first();
    private final ServerName server = Clusters.nameOf(cluster);
    private final ClientUser alice = Clusters.user(cluster, "alice");

    @Test
    void everyServerIsHeardAndEveryServerHears() throws IOException {
        RoomId roomId = Rooms.publicRoom(alice, "12");
        try (SyntheticFederation federation = Clusters.federation(SERVERS)) {
            List<EventId> said = new ArrayList<>();
            for (FederationPeer peer : federation.servers()) {
                PeerRoom room = peer.join(server, roomId, peer.identity().user("guest"));
                Pdu hello = room.message(peer.identity().user("guest"), "hello from " + peer.name());
                assertThat(peer.sendTransaction(server, "hello", List.of(hello)).status())
                        .isEqualTo(200);
                said.add(hello.eventId());
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Rooms.timelineOf(alice, roomId, "m.room.message"))
                            .containsExactlyInAnyOrderElementsOf(said));

            EventId answer = alice.say(roomId, "hello all of you");

            for (FederationPeer peer : federation.servers()) {
                await(peer.name().toString())
                        .atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .until(() -> receivedBy(peer).contains(answer));
            }
        }
    }

    /** A name of the federation is no licence to speak for another one. */
    @Test
    void noServerSpeaksForItsNeighbour() throws IOException {
        try (SyntheticFederation federation = Clusters.federation(2)) {
            FederationPeer first = federation.servers().get(0);
            PeerIdentity forger = new PeerIdentity(
                    federation.servers().get(1).name(), first.identity().key());
            String target = "/_matrix/federation/v1/send/forged";
            JsonObject nothing = first.transaction(List.of());
            String forged = forger.authorization("PUT", target, server, Optional.of(nothing));

            assertThat(first.put(server, target, nothing).status()).isEqualTo(200);
            assertThat(first.send("PUT", server, target, Optional.of(CanonicalJson.write(nothing)), Optional.of(forged))
                            .status())
                    .isEqualTo(401);
        }
    }

    private static List<EventId> receivedBy(FederationPeer peer) {
        return peer.receivedPdus().stream()
                .map(pdu -> StoredPdus.of(RoomVersions.V12, pdu).eventId())
                .toList();
    }
}
