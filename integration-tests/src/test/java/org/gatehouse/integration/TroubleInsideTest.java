package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.gatehouse.local.ChildProcess.Signal;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the cluster says when something of its own is down. */
@Tag("slow")
class TroubleInsideTest {

    @Test
    void aKafkaThatDoesNotAnswerMeans503AndTheRepeatIsTaken() {
        try (FederationPeer peer = Clusters.peer()) {
            ServerName server = Clusters.nameOf(Clusters.first());
            ClientUser alice = Clusters.user(Clusters.first(), "alice");
            RoomId roomId = Rooms.publicRoom(alice, "11");
            UserId sender = peer.identity().user("patient");
            PeerRoom room = peer.join(server, roomId, sender);
            Pdu message = room.message(sender, "again, if you please");

            Clusters.kafka().process().signal(Signal.STOP);
            FederationPeer.Answer meanwhile;
            try {
                meanwhile = peer.sendTransaction(server, "while-kafka-is-frozen", List.of(message));
            } finally {
                Clusters.kafka().process().signal(Signal.CONT);
            }

            assertThat(meanwhile.status()).isEqualTo(503);
            assertThat(meanwhile.object().string("errcode")).isPresent();
            await().atMost(Rooms.PATIENCE)
                    .until(() -> peer.sendTransaction(server, "while-kafka-is-frozen", List.of(message))
                                    .status()
                            == 200);
            alice.awaitEvent(roomId, message.eventId(), Rooms.PATIENCE);
        }
    }
}
