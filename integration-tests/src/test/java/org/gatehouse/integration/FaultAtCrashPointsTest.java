package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.ProcessDied;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.PeerRoom;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;
import org.gatehouse.testkit.fault.Invariant;
import org.gatehouse.testkit.fault.Ledger;
import org.gatehouse.testkit.fault.LedgerEntry;
import org.gatehouse.testkit.fault.Sent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service ends at each of its crash points in turn, while three peers talk in six rooms and a hosted user answers. Then
 * the auditor joins what the peers sent with what is stored and what was delivered. That it would have found something is
 * shown at the end: a row is taken out, and another is written twice.
 */
@Tag("slow")
class FaultAtCrashPointsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<String> VERSIONS = List.of("10", "11", "12");
    private static final int ROOMS_OF_EACH = 2;

    @TempDir
    Path folder;

    private final Cluster cluster = Clusters.first();
    private final ClientUser alice = Clusters.user(cluster, "alice");
    private final List<FaultTalker> talkers = new ArrayList<>();
    private Path file;
    private Ledger ledger;
    private CqlSession session;

    @BeforeEach
    void start() {
        file = folder.resolve("ledger");
        ledger = Ledger.open(file);
        session = Clusters.cassandra().session();
        for (String version : VERSIONS) {
            FaultTalker talker = new FaultTalker(Clusters.nameOf(cluster), ledger);
            for (int i = 0; i < ROOMS_OF_EACH; i++) {
                talker.join(Rooms.publicRoom(alice, version));
            }
            talkers.add(talker);
        }
    }

    @AfterEach
    void stop() {
        talkers.forEach(FaultTalker::close);
        ledger.close();
        session.close();
    }

    @Test
    void whereverIngressEnds() throws Exception {
        loseNothing(Map.of(
                ClusterService.INGRESS,
                List.of(
                        "ingress.after-verify:3",
                        "ingress.after-send-before-broker-ack:7",
                        "ingress.after-some-of-batch:6",
                        "ingress.after-all-acks-before-200:4",
                        "ingress.after-txn-cache-before-200:4",
                        "ingress.after-200:5")));
        assertThat(attemptsWithoutAnswer()).isGreaterThanOrEqualTo(5);
    }

    /** Both at a time: each catches up with what the other left. */
    @Test
    void whereverEventGraphAndTheJudgeEnd() throws Exception {
        loseNothing(Map.of(
                ClusterService.EVENT_GRAPH,
                List.of(
                        "event-graph.after-poll:5",
                        "event-graph.after-waiting-rows-before-event-rows:4",
                        "event-graph.after-event-rows-before-head:4",
                        "event-graph.after-head-before-publish:4",
                        "event-graph.after-send-before-broker-ack:9",
                        "event-graph.after-publish-before-offset-commit:4"),
                ClusterService.STATE_RESOLUTION,
                List.of(
                        "state-resolution.after-read-before-judgement:5",
                        "state-resolution.after-resolve-before-write:4",
                        "state-resolution.after-rows-before-head:4",
                        "state-resolution.after-write-before-publish:4",
                        "state-resolution.after-send-before-broker-ack:9",
                        "state-resolution.after-publish-before-offset-commit:4")));
    }

    private void loseNothing(Map<ClusterService, List<String>> points) throws Exception {
        talkers.forEach(FaultTalker::start);
        CompletableFuture.allOf(points.entrySet().stream()
                        .map(each -> CompletableFuture.runAsync(() -> endAt(each.getKey(), each.getValue())))
                        .toArray(CompletableFuture<?>[]::new))
                .get();
        sayInEachRoom("back again");
        for (FaultTalker talker : talkers) {
            int before = talker.answered();
            await().atMost(PATIENCE).until(() -> talker.answered() > before + 1);
            talker.finish();
        }

        FaultAudit audit = new FaultAudit(cluster, session, file, alice, talkers);
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertThat(audit.findings()).isEmpty());
        assertThat(Sent.of(Ledger.read(file)).acknowledged()).hasSizeGreaterThan(100);
        assertThatTheAuditorSees(audit);
    }

    /** Each time with the next point armed, at last with none, whatever happens: others use the cluster too. */
    private void endAt(ClusterService service, List<String> points) {
        cluster.stop(service);
        try {
            endAtEach(service, points);
        } finally {
            if (cluster.processes().containsKey(service)) {
                cluster.kill(service);
            }
            cluster.start(service);
        }
    }

    private void endAtEach(ClusterService service, List<String> points) {
        for (String point : points) {
            try {
                cluster.start(service, List.of("-Dcrash.at=" + point));
                await(point).atMost(PATIENCE).until(() -> !cluster.processes().containsKey(service));
            } catch (ProcessDied sooner) {
                // The traffic was there before it said that it was ready.
            }
            String name = point.substring(0, point.indexOf(':'));
            assertThat(cluster.directory().logFile(service)).content().contains("crash point " + name + " is reached");
        }
    }

    private void sayInEachRoom(String text) {
        for (FaultTalker talker : talkers) {
            for (PeerRoom room : talker.rooms()) {
                alice.say(room.roomId(), text);
            }
        }
    }

    private long attemptsWithoutAnswer() {
        return Ledger.read(file).stream()
                .filter(LedgerEntry.Unknown.class::isInstance)
                .filter(entry -> !((LedgerEntry.Unknown) entry).reason().contains("refused"))
                .count();
    }

    private void assertThatTheAuditorSees(FaultAudit audit) {
        List<StoredEvent> stored = audit.evidence().stored();
        StoredEvent last = stored.get(stored.size() - 1);
        StoredEvent other = stored.get(stored.size() - 2);
        String table = cluster.plan().keyspacePrefix() + "event_graph.room_log";
        session.execute(
                "DELETE FROM " + table + " WHERE room = ? AND bucket = 0 AND ordinal = ?",
                last.room().toString(),
                last.ordinal());
        session.execute(
                "INSERT INTO " + table + " (room, bucket, ordinal, event_id, room_version, pdu)"
                        + " VALUES (?, 0, ?, ?, ?, ?)",
                other.room().toString(),
                last.ordinal(),
                other.eventId().toString(),
                other.pdu().roomVersion().id(),
                ByteBuffer.wrap(other.pdu().canonicalBytes()));
        assertThat(audit.findings())
                .extracting(finding -> finding.invariant() + " " + finding.subject())
                .contains(
                        Invariant.ACKNOWLEDGED_IS_DURABLE + " " + last.eventId(),
                        Invariant.NOTHING_TWICE + " " + other.eventId());
    }
}
