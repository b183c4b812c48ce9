package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterService;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.gatehouse.testkit.PeerUnreachable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A peer sends transactions, one PDU each, and repeats one until it is answered 200; meanwhile a service goes down. */
@Tag("slow")
class NothingAcknowledgedIsLostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TRANSACTIONS = 500;

    private final Cluster cluster = Clusters.first();
    private final ServerName server = Clusters.nameOf(cluster);
    private final ClientUser alice = Clusters.user(cluster, "alice");
    private final FederationPeer peer = Clusters.peer();
    private final UserId sender = peer.identity().user("busy");
    private final RoomId roomId = Rooms.publicRoom(alice, "12");
    private final PeerRoom room = peer.join(server, roomId, sender);

    @AfterEach
    void stopThePeer() {
        peer.close();
    }

    @Test
    void whenEventGraphIsKilled() throws InterruptedException {
        losesNothing(ClusterService.EVENT_GRAPH, () -> cluster.kill(ClusterService.EVENT_GRAPH));
    }

    @Test
    void whenTheJudgeIsKilled() throws InterruptedException {
        losesNothing(ClusterService.STATE_RESOLUTION, () -> cluster.kill(ClusterService.STATE_RESOLUTION));
    }

    @Test
    void whenAnyServiceIsAskedToEnd() throws InterruptedException {
        for (ClusterService service : ClusterService.values()) {
            losesNothing(service, () -> cluster.stop(service));
        }
    }

    private void losesNothing(ClusterService service, Runnable down) throws InterruptedException {
        Thread fault = new Thread(
                () -> {
                    down.run();
                    cluster.start(service);
                },
                "fault");
        List<EventId> acknowledged = new ArrayList<>();
        for (int i = 0; i < TRANSACTIONS; i++) {
            if (i == TRANSACTIONS / 3) {
                fault.start();
            }
            Pdu message = room.message(sender, service + " " + i);
            sendUntilAnswered(message, "%s-%s-%d".formatted(service, down.hashCode(), i));
            acknowledged.add(message.eventId());
        }
        fault.join();
        alice.awaitEvent(roomId, acknowledged.get(acknowledged.size() - 1), PATIENCE);
        for (EventId id : acknowledged) {
            await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> isServed(id));
        }
        assertThat(acknowledged).hasSize(TRANSACTIONS);
    }

    private void sendUntilAnswered(Pdu message, String txnId) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    try {
                        FederationPeer.Answer answer = peer.sendTransaction(server, txnId, List.of(message));
                        if (answer.status() != 200) {
                            return false;
                        }
                        Optional<JsonObject> result = answer.object()
                                .object("pdus")
                                .flatMap(pdus -> pdus.object(message.eventId().toString()));
                        assertThat(result).contains(JsonObject.EMPTY);
                        return true;
                    } catch (PeerUnreachable e) {
                        return false;
                    }
                });
    }

    private boolean isServed(EventId id) {
        return peer.get(server, "/_matrix/federation/v1/event/" + FederationPeer.encode(id.toString()))
                        .status()
                == 200;
    }
}
