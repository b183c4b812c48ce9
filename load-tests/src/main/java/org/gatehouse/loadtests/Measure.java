package org.gatehouse.loadtests;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.gatehouse.local.ChildProcess;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.FederationPeer;

/**
 * The baseline: how many PDUs a second come from a peer's request to their verdict, and which process spends how much CPU
 * on each.
 */
public final class Measure {

    private static final Duration VERDICTS_WITHIN = Duration.ofSeconds(180);
    private static final long MEBIBYTE = 1024L * 1024;

    private final LoadParameters load;

    private Measure(LoadParameters load) {
        this.load = load;
    }

    public static void main(String[] arguments) throws IOException {
        LoadParameters load = LoadParameters.fromSystemProperties();
        OwnCluster.measureAndExit(settings -> settings, own -> new Measure(load).run(own));
    }

    private void run(OwnCluster own) throws IOException {
        Map<String, ChildProcess> processes = own.processes();
        sayMemory("after the start", processes);
        try (CqlSession cassandra = own.brokers().cassandra().session()) {
            measure(own, cassandra);
        }
        sayMemory("after the load", processes);
    }

    private void measure(OwnCluster own, CqlSession cassandra) throws IOException {
        ServerName server = own.server();
        List<RoomId> rooms = own.publicRooms(load.rooms());
        List<FederationPeer> peers = new ArrayList<>();
        try (VerdictLog verdicts = new VerdictLog(own.cluster())) {
            List<SyntheticServer> servers = new ArrayList<>();
            for (int i = 0; i < load.peers(); i++) {
                FederationPeer peer = own.peer(i);
                peers.add(peer);
                servers.add(SyntheticServer.join(peer, server, load.roomsOf(i, rooms), load.bodyBytes()));
            }
            Say.line(
                    "%d peers in %d rooms; %d PDUs a transaction; warming up with %d transactions",
                    load.peers(), load.rooms(), load.pdus(), load.warmUp());
            ClosedLoop.Outcome warm = ClosedLoop.run(shares(peers, servers, load.warmUp()), server);
            verdicts.await(warm.events(), VERDICTS_WITHIN);
            CassandraWork before =
                    CassandraWork.now(cassandra, own.cluster().plan().keyspacePrefix());
            List<Double> rates = new ArrayList<>();
            for (int round = 1; round <= load.rounds(); round++) {
                List<ClosedLoop.Share> shares = shares(peers, servers, load.transactions());
                rates.add(round(round, shares, server, verdicts, own.pids()));
            }
            rates.sort(Comparator.naturalOrder());
            Say.line(
                    "PDUs/s to verdict: median %.0f, from %.0f to %.0f",
                    Say.median(rates), rates.get(0), rates.get(rates.size() - 1));
            CassandraWork done = CassandraWork.now(
                            cassandra, own.cluster().plan().keyspacePrefix())
                    .since(before);
            sayWork(done, load.rounds() * (load.transactions() / load.peers()) * load.peers() * load.pdus());
        } finally {
            peers.forEach(FederationPeer::close);
        }
    }

    /** One round; PDUs a second to the verdict. */
    private static double round(
            int number, List<ClosedLoop.Share> shares, ServerName server, VerdictLog verdicts, Map<String, Long> pids) {
        CpuSeconds before = CpuSeconds.now(pids);
        long begin = System.nanoTime();
        ClosedLoop.Outcome outcome = ClosedLoop.run(shares, server);
        Map<String, Integer> counts = verdicts.await(outcome.events(), VERDICTS_WITHIN);
        double toVerdict = Say.secondsSince(begin);
        CpuSeconds spent = CpuSeconds.now(pids).since(before);
        List<EventId> events = outcome.events();
        Say.line("round %d: %d PDUs, verdicts %s", number, events.size(), counts);
        Say.line("  to the answer  %6.0f PDUs/s (%.2f s)", events.size() / outcome.seconds(), outcome.seconds());
        Say.line("  to the verdict %6.0f PDUs/s (%.2f s)", events.size() / toVerdict, toVerdict);
        Say.line(
                "  answers to transactions: p50 %.1f ms, p99 %.1f ms",
                outcome.percentileMillis(0.50), outcome.percentileMillis(0.99));
        spent.byProcess()
                .forEach((name, seconds) -> Say.line(
                        "  %-17s %6.2f CPU s  %5.0f us a PDU  %4.0f %%",
                        name, seconds, seconds * 1e6 / events.size(), 100 * seconds / spent.total()));
        Say.line(
                "  in all %.2f CPU s, %.0f us a PDU; %.2f of %d cores; others on the machine: %.2f cores",
                spent.total(),
                spent.total() * 1e6 / events.size(),
                spent.total() / toVerdict,
                Runtime.getRuntime().availableProcessors(),
                Math.max(0, spent.machine() - spent.total()) / toVerdict);
        return events.size() / toVerdict;
    }

    private List<ClosedLoop.Share> shares(List<FederationPeer> peers, List<SyntheticServer> servers, int transactions) {
        List<ClosedLoop.Share> shares = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            shares.add(new ClosedLoop.Share(
                    peers.get(i), servers.get(i).prepare(transactions / peers.size(), load.pdus())));
        }
        return shares;
    }

    private static void sayMemory(String when, Map<String, ChildProcess> processes) {
        List<String> each = new ArrayList<>();
        long all = 0;
        for (Map.Entry<String, ChildProcess> entry : processes.entrySet()) {
            long bytes = entry.getValue().residentBytes();
            all += bytes;
            each.add("%s %d".formatted(entry.getKey(), bytes / MEBIBYTE));
        }
        Say.line("memory %s: %d MiB resident (%s)", when, all / MEBIBYTE, String.join(", ", each));
    }

    private static void sayWork(CassandraWork work, int pdus) {
        Say.line("Cassandra, operations a PDU in all rounds:");
        work.operations().forEach((what, count) -> Say.line("  %-50s %.2f", what, (double) count / pdus));
    }
}
