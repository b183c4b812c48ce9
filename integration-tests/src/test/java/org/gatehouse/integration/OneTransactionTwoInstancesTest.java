package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two instances of ingress-service behave as one (rows T01, T02 and T09 of the list of hostile input). */
@Tag("slow")
class OneTransactionTwoInstancesTest {

    private static final int AT_ONCE = 16;

    private final PairedCluster pair = Clusters.pair();
    private final ServerName server = pair.firstName();
    private final ClientUser alice = Clusters.user(pair.cluster(), "alice", server);
    private final FederationPeer peer = Clusters.peer();
    private final UserId sender = peer.identity().user("hasty");
    private final RoomId roomId = Rooms.publicRoom(alice, "11");
    private final PeerRoom room = peer.join(server, roomId, sender);

    @AfterEach
    void stopThePeer() {
        peer.close();
    }

    @Test
    void theSameTransactionAtTheSameTimeIsAnsweredAlikeAndSeenOnce() {
        List<Pdu> messages = List.of(room.message(sender, "one"), room.message(sender, "two"));
        List<CompletableFuture<FederationPeer.Answer>> sent = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            sent.add(CompletableFuture.supplyAsync(() -> peer.sendTransaction(server, "hasty", messages)));
        }
        List<FederationPeer.Answer> answers =
                sent.stream().map(CompletableFuture::join).toList();
        FederationPeer.Answer later = peer.sendTransaction(server, "hasty", messages);

        assertThat(answers).extracting(FederationPeer.Answer::status).containsOnly(200);
        assertThat(answers).extracting(FederationPeer.Answer::body).containsOnly(later.body());
        alice.awaitEvent(roomId, messages.get(1).eventId(), Rooms.PATIENCE);
        Pdu after = room.message(sender, "after");
        peer.sendTransaction(server, "after", List.of(after));
        alice.awaitEvent(roomId, after.eventId(), Rooms.PATIENCE);
        assertThat(Rooms.timelineOf(alice, roomId, "m.room.message"))
                .containsExactly(messages.get(0).eventId(), messages.get(1).eventId(), after.eventId());
    }
}
