package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.ServiceInstance;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.gatehouse.testkit.fault.Fault;
import org.gatehouse.testkit.fault.FaultProxy;
import org.gatehouse.testkit.fault.Ledger;
import org.gatehouse.testkit.fault.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One more instance of ingress, that reaches Kafka through a proxy only, and through the proxy's faults. */
@Tag("slow")
class FaultBeforeKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FOR_THE_ANSWER = Duration.ofSeconds(6);

    @TempDir
    Path folder;

    private final Cluster cluster = Clusters.first();
    private final ServerName server = Clusters.nameOf(cluster);
    private final ClientUser alice = Clusters.user(cluster, "alice");
    private FaultProxy proxy;
    private ServiceInstance ingress;
    private Ledger ledger;
    private FaultTalker talker;

    @BeforeEach
    void start() {
        String bootstrap = cluster.plan().kafka();
        proxy = FaultProxy.toKafka(Integer.parseInt(bootstrap.substring(bootstrap.lastIndexOf(':') + 1)));
        ingress = cluster.instance(
                ClusterService.INGRESS, "ingress-behind-a-proxy", Map.of("kafka.bootstrap.servers", proxy.address()));
        ingress.start();
        ledger = Ledger.open(folder.resolve("ledger"));
        talker = new FaultTalker(server, ledger);
        talker.peer().reachAt(server, "127.0.0.1:" + ingress.httpsPort());
        talker.join(Rooms.publicRoom(alice, "11"));
        talker.join(Rooms.publicRoom(alice, "12"));
    }

    @AfterEach
    void stop() {
        talker.close();
        ledger.close();
        ingress.close();
        proxy.close();
    }

    @Test
    void aBlackHoleBeforeKafkaMeans503InTimeAndTheRepeatIsTaken() {
        FederationPeer peer = talker.peer();
        PeerRoom room = talker.rooms().get(0);
        Pdu before = room.message(peer.identity().user("talker"), "before");
        assertThat(peer.sendTransaction(server, "before", List.of(before)).status())
                .isEqualTo(200);
        Pdu meanwhile = room.message(peer.identity().user("talker"), "meanwhile");

        proxy.set(Fault.blackHole());
        long start = System.nanoTime();
        FederationPeer.Answer answer = peer.sendTransaction(server, "meanwhile", List.of(meanwhile));
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        start = System.nanoTime();
        FederationPeer.Answer repeated = peer.sendTransaction(server, "meanwhile", List.of(meanwhile));
        Duration takenAgain = Duration.ofNanos(System.nanoTime() - start);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(taken).isLessThan(FOR_THE_ANSWER);
        assertThat(repeated.status()).isEqualTo(503);
        assertThat(takenAgain).isLessThan(FOR_THE_ANSWER);

        proxy.set(Fault.none());
        await().atMost(PATIENCE)
                .until(() -> peer.sendTransaction(server, "meanwhile", List.of(meanwhile))
                                .status()
                        == 200);
        alice.awaitEvent(room.roomId(), meanwhile.eventId(), PATIENCE);
    }

    @Test
    void whateverHappensToTheLinkNothingAcknowledgedIsLost() throws Exception {
        List<Fault> faults = List.of(
                Fault.delay(Duration.ofMillis(500)),
                Fault.jitter(Duration.ofMillis(400), 1),
                Fault.reset(),
                Fault.truncateAfter(3_000),
                Fault.trickle());
        talker.start();
        for (Fault fault : faults) {
            proxy.set(fault);
            Thread.sleep(4_000);
            proxy.set(Fault.none());
            int answered = talker.answered();
            await(fault.toString()).atMost(PATIENCE).until(() -> talker.answered() > answered + 2);
        }
        proxy.set(Fault.blackHole());
        await("a refusal").atMost(PATIENCE).until(() -> !statuses().isEmpty());
        proxy.set(Fault.none());
        int before = talker.answered();
        await("an answer").atMost(PATIENCE).until(() -> talker.answered() > before + 2);
        talker.finish();

        try (CqlSession session = Clusters.cassandra().session()) {
            FaultAudit audit = new FaultAudit(cluster, session, folder.resolve("ledger"), alice, List.of(talker));
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .untilAsserted(() -> assertThat(audit.findings()).isEmpty());
        }
        assertThat(statuses()).isSubsetOf(503).isNotEmpty();
        assertThat(Ledger.read(folder.resolve("ledger"))).noneMatch(LedgerEntry.Unknown.class::isInstance);
    }

    /** Those that were not 200. */
    private TreeSet<Integer> statuses() {
        return Ledger.read(folder.resolve("ledger")).stream()
                .filter(LedgerEntry.Fail.class::isInstance)
                .map(entry -> ((LedgerEntry.Fail) entry).status())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
