package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientRefused;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.gatehouse.testkit.PeerUnreachable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two instances each of ingress, event-graph, state-resolution and egress. While a peer and a hosted user talk in several
 * rooms, one instance of each is asked to end and started again, then the other of each is killed and started again:
 * partitions move, and nothing that was acknowledged is lost, told twice or told in another order.
 */
@Tag("slow")
class TwoInstancesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ROOMS = 6;
    private static final int ROUNDS = 60;

    private final PairedCluster pair = Clusters.pair();
    private final ServerName server = pair.firstName();
    private final ClientUser alice = Clusters.user(pair.cluster(), "alice", server);
    private final FederationPeer peer = Clusters.peer();
    private final UserId sender = peer.identity().user("talker");
    private final List<Talk> talks = new ArrayList<>();

    /** A room, what the peer said in it and what alice did, each in its order. */
    private record Talk(RoomId room, PeerRoom seen, List<EventId> ofPeer, List<EventId> ofAlice) {}

    /** In the order of their names, the tests that share the cluster are through. */
    @AfterAll
    static void endTheCluster() {
        Clusters.endPair();
    }

    @AfterEach
    void stopThePeer() {
        peer.close();
    }

    @Test
    void partitionsMoveAndNothingIsLost() throws InterruptedException {
        for (int i = 0; i < ROOMS; i++) {
            RoomId room = Rooms.publicRoom(alice, i % 2 == 0 ? "11" : "12");
            talks.add(new Talk(room, peer.join(server, room, sender), new ArrayList<>(), new ArrayList<>()));
        }
        Thread faults = new Thread(this::endAndKill, "faults");

        for (int round = 0; round < ROUNDS || faults.isAlive(); round++) {
            if (round == 5) {
                faults.start();
            }
            for (Talk talk : talks) {
                talk.ofPeer().add(send(talk, "round " + round));
            }
            Talk turn = talks.get(round % ROOMS);
            turn.ofAlice().add(say(turn.room(), "round " + round));
        }
        faults.join();

        for (Talk talk : talks) {
            assertThatAliceSawEverythingOnceAndInOrder(talk);
            assertThatThePeerGot(talk);
            assertThatBothInstancesAgree(talk);
        }
    }

    private void endAndKill() {
        PairedCluster.PAIRED.parallelStream().forEach(service -> {
            pair.cluster().stop(service);
            pair.cluster().start(service);
        });
        PairedCluster.PAIRED.parallelStream().forEach(service -> {
            pair.second(service).kill();
            pair.second(service).start();
        });
    }

    private EventId send(Talk talk, String text) {
        Pdu message = talk.seen().message(sender, text);
        String txnId = "m" + Integer.toHexString(message.eventId().hashCode());
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    try {
                        return peer.sendTransaction(server, txnId, List.of(message))
                                        .status()
                                == 200;
                    } catch (PeerUnreachable e) {
                        return false;
                    }
                });
        return message.eventId();
    }

    /** With one transaction ID, as a client that repeats does. */
    private EventId say(RoomId room, String text) {
        List<EventId> said = new ArrayList<>();
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    try {
                        said.add(alice.sayOnce(room, text.replace(' ', '-'), text));
                        return true;
                    } catch (ClientRefused e) {
                        assertThat(e.status()).isGreaterThanOrEqualTo(500);
                        return false;
                    }
                });
        return said.get(0);
    }

    private void assertThatAliceSawEverythingOnceAndInOrder(Talk talk) {
        Set<EventId> wanted = new TreeSet<>(talk.ofPeer());
        wanted.addAll(talk.ofAlice());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Rooms.timelineOf(alice, talk.room(), "m.room.message"))
                        .containsAll(wanted));
        List<EventId> seen = Rooms.timelineOf(alice, talk.room(), "m.room.message");
        assertThat(seen).doesNotHaveDuplicates().hasSameSizeAs(wanted);
        assertThat(seen.stream().filter(talk.ofPeer()::contains)).containsExactlyElementsOf(talk.ofPeer());
        assertThat(seen.stream().filter(talk.ofAlice()::contains)).containsExactlyElementsOf(talk.ofAlice());
    }

    private void assertThatThePeerGot(Talk talk) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receivedIn(talk)).containsAll(Set.copyOf(talk.ofAlice())));
    }

    private Set<EventId> receivedIn(Talk talk) {
        return peer.receivedPdus().stream()
                .filter(pdu -> pdu.string("room_id")
                        .filter(talk.room().toString()::equals)
                        .isPresent())
                .map(pdu -> org.gatehouse.matrix.event.StoredPdus.of(talk.seen().version(), pdu)
                        .eventId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Asked often enough that both instances of each service have answered. */
    private void assertThatBothInstancesAgree(Talk talk) {
        EventId last = talk.ofPeer().get(talk.ofPeer().size() - 1);
        Rooms.StateIds first = Rooms.stateIds(peer, server, talk.room(), last);
        for (int i = 0; i < 4; i++) {
            assertThat(Rooms.stateIds(peer, server, talk.room(), last)).isEqualTo(first);
        }
    }
}
