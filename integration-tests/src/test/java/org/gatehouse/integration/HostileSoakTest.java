package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gatehouse.integration.hostile.HostileCase;
import org.gatehouse.integration.hostile.HostileCorpus;
import org.gatehouse.local.ChildProcess;
import org.gatehouse.local.ClusterService;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The hostile corpus over and over as a fifth of the requests, beside good transactions, for as many seconds as
 * {@code gatehouse.soak.seconds} says: what an ingress keeps in its heap does not grow. Not part of a build;
 * docs/performance.md has the command.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = "gatehouse.soak.seconds", matches = "\\d+")
class HostileSoakTest {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("gatehouse.soak.seconds", 600));
    private static final int TALKERS = 4;
    /** A case is two requests, one for each door, and one good transaction. */
    private static final int MORE_GOOD_ONES_A_CASE = 7;

    private static final int PDUS = 10;
    private static final Pattern SERVER_ERROR = Pattern.compile("\\[5\\d\\d ");
    private static final long MEBIBYTE = 1024L * 1024;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger sent = new AtomicInteger();
    private final Semaphore due = new Semaphore(0);

    @Test
    void whatAnIngressKeepsDoesNotGrow() throws InterruptedException, ExecutionException {
        PairedCluster pair = Clusters.pair();
        ServerName server = pair.firstName();
        ClientUser alice = Clusters.user(pair.cluster(), "soaked", server);
        ChildProcess ingress = pair.cluster().process(ClusterService.INGRESS);
        ExecutorService talkers = Executors.newFixedThreadPool(TALKERS);
        List<Future<?>> talking = IntStream.range(0, TALKERS)
                .<Future<?>>mapToObj(i -> talkers.submit(() -> talk(server, alice)))
                .toList();
        int passes = 0;
        int cases = 0;
        List<String> otherwise = new ArrayList<>();
        List<Long> live = new ArrayList<>();
        long end = System.nanoTime() + TIME.toNanos();
        try (HostileCorpus corpus = new HostileCorpus(
                        Clusters.peer(),
                        server,
                        List.of(
                                pair.cluster()
                                        .plan()
                                        .portsOf(ClusterService.INGRESS)
                                        .https(),
                                pair.second(ClusterService.INGRESS).httpsPort()),
                        Clusters.tlsOfAPeer())
                .with("other_name", pair.secondName().toString())
                .with("alice", alice.id().toString())) {
            for (String version : List.of("1", "5", "6", "9", "10", "11", "12")) {
                corpus.join(version, Rooms.publicRoom(alice, version));
            }
            corpus.join("acl", Rooms.publicRoom(alice, "11"));
            while (System.nanoTime() < end) {
                for (HostileCase hostile : HostileCase.all()) {
                    runOnce(corpus, hostile, otherwise);
                    due.release(MORE_GOOD_ONES_A_CASE);
                    cases++;
                }
                passes++;
                live.add(liveBytes(ingress));
                System.out.printf(
                        "pass %d: %d cases, %d good transactions of %d PDUs, heap in use after a collection %d KiB, resident %d MiB%n",
                        passes,
                        cases,
                        sent.get(),
                        PDUS,
                        live.get(live.size() - 1) / 1024,
                        ingress.residentBytes() / MEBIBYTE);
            }
        } finally {
            over.set(true);
            due.release(Integer.MAX_VALUE / 2);
            talkers.shutdown();
        }
        for (Future<?> talker : talking) {
            talker.get();
        }
        System.out.println("answered otherwise than a new one, or later: " + new TreeSet<>(otherwise));
        assertThat(live).as("passes").hasSizeGreaterThanOrEqualTo(3);
        assertThat(live.get(live.size() - 1)).isLessThan(live.get(1) + live.get(1) / 5);
    }

    /**
     * Some cases expect an event that is new, or that what was sent a moment ago can be read: what is answered otherwise
     * here, to a repeat and under load, is told, and must be no 5xx.
     */
    private static void runOnce(HostileCorpus corpus, HostileCase hostile, List<String> otherwise) {
        try {
            corpus.run(hostile);
        } catch (AssertionError e) {
            if (SERVER_ERROR.matcher(String.valueOf(e.getMessage())).find()) {
                throw e;
            }
            otherwise.add(hostile.name());
        }
    }

    private void talk(ServerName server, ClientUser owner) {
        try (FederationPeer peer = Clusters.peer()) {
            UserId talker = peer.identity().user("talker");
            PeerRoom room = peer.join(server, Rooms.publicRoom(owner, "11"), talker);
            while (true) {
                due.acquireUninterruptibly();
                if (over.get()) {
                    return;
                }
                List<Pdu> pdus = IntStream.range(0, PDUS)
                        .mapToObj(i -> room.message(talker, "one of many"))
                        .toList();
                assertThat(peer.sendTransaction(server, "soak-" + sent.incrementAndGet(), pdus)
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    /** What a full collection leaves in the heap. */
    private static long liveBytes(ChildProcess process) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            List<String> lines = jcmd.inputReader().lines().toList();
            String total = lines.get(lines.size() - 1);
            assertThat(total).startsWith("Total");
            return Long.parseLong(total.strip().split("\\s+")[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
