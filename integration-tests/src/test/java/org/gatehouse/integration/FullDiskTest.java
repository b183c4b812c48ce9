package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gatehouse.local.ChildProcess;
import org.gatehouse.local.ClusterService;
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

/**
 * Kafka, then Cassandra, on a full disk. A disk cannot be filled without root, so the process's limit of the file size is
 * lowered under it (prlimit): from then on its writes fail with EFBIG where a full disk would give ENOSPC. To both
 * servers that is the same IOException: Kafka gives its only log directory up and ends, Cassandra stops its transports
 * (commit_failure_policy and disk_failure_policy are stop). Freeing space is a start without the limit.
 */
@Tag("slow")
class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int BEFORE = 20;

    private final ServerName server = Clusters.nameOf(Clusters.first());
    private final ClientUser alice = Clusters.user(Clusters.first(), "alice");
    private final RoomId roomId = Rooms.publicRoom(alice, "11");
    private final FederationPeer peer = Clusters.peer();
    private final UserId sender = peer.identity().user("persistent");
    private final PeerRoom room = peer.join(server, roomId, sender);
    private final List<EventId> acknowledged = new ArrayList<>();

    @AfterEach
    void stopThePeer() {
        peer.close();
    }

    @Test
    void ofKafkaMeans503AndTheRepeatIsTakenWhenThereIsSpace() throws Exception {
        sayAndExpect200(BEFORE);
        ChildProcess kafka = Clusters.kafka().process();

        FederationPeer.Answer meanwhile;
        Pdu message = room.message(sender, "when the disk was full");
        limitFiles(kafka);
        try {
            meanwhile = peer.sendTransaction(server, "full-kafka", List.of(message));
            assertThat(kafka.awaitEnd(PATIENCE)).isTrue();
        } finally {
            Clusters.startKafkaAgain();
        }

        assertThat(meanwhile.status()).isEqualTo(503);
        sendUntilAnswered("full-kafka", message);
        assertEverythingIsServedInOrder();
    }

    @Test
    void ofCassandraHoldsTheWorkUntilThereIsSpace() throws Exception {
        sayAndExpect200(BEFORE);
        ChildProcess cassandra = Clusters.cassandra().process();
        Pdu meanwhile = room.message(sender, "while nothing could be stored");

        limitFiles(cassandra);
        try {
            fillTheCommitLog();
            await().atMost(PATIENCE)
                    .until(() -> !Clusters.first().isReady(ClusterService.EVENT_GRAPH)
                            && !Clusters.first().isReady(ClusterService.STATE_RESOLUTION));
            assertThat(cassandra.lastLogLines(400)).containsIgnoringCase("commit");
            // Answered or not: what is answered 200 must be there afterwards, and the repeat of the rest is taken.
            peer.sendTransaction(server, "full-cassandra", List.of(meanwhile));
        } finally {
            cassandra.kill();
            Clusters.startCassandraAgain();
        }

        await().atMost(PATIENCE)
                .until(() -> Clusters.first().isReady(ClusterService.EVENT_GRAPH)
                        && Clusters.first().isReady(ClusterService.STATE_RESOLUTION));
        sendUntilAnswered("full-cassandra", meanwhile);
        sayAndExpect200(1);
        assertEverythingIsServedInOrder();
    }

    /** The soft limit alone, so that it could be lifted without root; no file of that process may grow beyond 1 KiB. */
    private static void limitFiles(ChildProcess process) throws IOException, InterruptedException {
        Process limiting;
        try {
            limiting = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=1024:")
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "no prlimit (util-linux) on this machine");
            throw e;
        }
        assertThat(limiting.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(limiting.exitValue()).isZero();
    }

    /** Segments that are open may be written to their ends: two of 16 MiB. */
    private static void fillTheCommitLog() {
        try (CqlSession session = Clusters.cassandra().session()) {
            session.execute("CREATE KEYSPACE IF NOT EXISTS filler WITH replication ="
                    + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
            session.execute("CREATE TABLE IF NOT EXISTS filler.blobs (id int PRIMARY KEY, bytes blob)");
            for (int i = 0; i < 40; i++) {
                session.execute(SimpleStatement.newInstance(
                                "INSERT INTO filler.blobs (id, bytes) VALUES (?, ?)", i, ByteBuffer.allocate(2_000_000))
                        .setTimeout(Duration.ofSeconds(5)));
            }
        } catch (com.datastax.oss.driver.api.core.DriverException e) {
            return;
        }
        throw new AssertionError("80 MB could be written");
    }

    private void sayAndExpect200(int messages) {
        for (int i = 0; i < messages; i++) {
            Pdu message = room.message(sender, "message " + acknowledged.size());
            sendUntilAnswered("txn-" + message.eventId().toString().hashCode(), message);
        }
    }

    private void sendUntilAnswered(String txnId, Pdu message) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            try {
                return peer.sendTransaction(server, txnId, List.of(message)).status() == 200;
            } catch (PeerUnreachable e) {
                return false;
            }
        });
        acknowledged.add(message.eventId());
    }

    private void assertEverythingIsServedInOrder() {
        alice.awaitEvent(roomId, acknowledged.get(acknowledged.size() - 1), PATIENCE);
        assertThat(Rooms.timelineOf(alice, roomId, "m.room.message")).containsExactlyElementsOf(acknowledged);
    }
}
