package org.gatehouse.loadtests;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.gatehouse.local.Brokers;
import org.gatehouse.local.ChildProcess;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.local.DataFolder;
import org.gatehouse.local.Installation;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;

/**
 * The baseline: how many PDUs a second come from a peer's request to their verdict, and which process spends how much CPU
 * on each. Starts a cluster of its own on temporary data, and stops it.
 */
public final class Measure {

    private static final Duration VERDICTS_WITHIN = Duration.ofSeconds(180);
    private static final int ATTEMPTS = 5;
    private static final long MEBIBYTE = 1024L * 1024;

    private final LoadParameters load;

    private Measure(LoadParameters load) {
        this.load = load;
    }

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Logger.getLogger("").setLevel(Level.SEVERE);
        AtomicBoolean ending = new AtomicBoolean();
        endOnCtrlC(Thread.currentThread(), ending);
        Path folder = Files.createTempDirectory("gatehouse-measure-");
        try {
            new Measure(LoadParameters.fromSystemProperties()).run(new DataFolder(folder));
        } finally {
            delete(folder);
        }
        ending.set(true);
        // Threads of the HTTP clients may live on.
        System.exit(0);
    }

    /** Interrupts the measurement, which then stops what it started; the JVM waits for it. */
    private static void endOnCtrlC(Thread main, AtomicBoolean ending) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (ending.get()) {
                                return;
                            }
                            main.interrupt();
                            try {
                                main.join();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "ctrl-c"));
    }

    private void run(DataFolder data) throws IOException {
        Installation installation = Installation.locate();
        say("load average of the machine before: %s", loadAverage());
        long begin = System.nanoTime();
        try (Brokers brokers = Brokers.start(installation, data.brokers())) {
            say("Kafka and Cassandra ready after %.1f s", seconds(begin));
            try (Cluster cluster = Cluster.start(installation, data, brokers, ClusterSettings.onFreePorts("measure"))) {
                say("cluster ready after %.1f s", seconds(begin));
                Map<String, ChildProcess> processes = processes(brokers, cluster);
                sayMemory("after the start", processes);
                try (CqlSession cassandra = brokers.cassandra().session()) {
                    measure(cluster, data, processes, cassandra);
                }
                sayMemory("after the load", processes);
            }
        }
        say("load average of the machine after: %s", loadAverage());
    }

    private void measure(Cluster cluster, DataFolder data, Map<String, ChildProcess> processes, CqlSession cassandra)
            throws IOException {
        ServerName server =
                new ServerName(cluster.plan().settings().serverNames().get(0));
        List<RoomId> rooms = publicRooms(cluster);
        List<FederationPeer> peers = new ArrayList<>();
        try (VerdictLog verdicts = new VerdictLog(cluster)) {
            List<SyntheticServer> servers = new ArrayList<>();
            for (int i = 0; i < load.peers(); i++) {
                FederationPeer peer = FederationPeer.start(PeerTls.issue(data, "peer-" + i));
                peers.add(peer);
                servers.add(SyntheticServer.join(peer, server, roomsOf(i, rooms)));
            }
            say(
                    "%d peers in %d rooms; %d PDUs a transaction; warming up with %d transactions",
                    load.peers(), load.rooms(), load.pdus(), load.warmUp());
            ClosedLoop.Outcome warm = ClosedLoop.run(shares(peers, servers, load.warmUp()), server);
            verdicts.await(warm.events(), VERDICTS_WITHIN);
            CassandraWork before = CassandraWork.now(cassandra, cluster.plan().keyspacePrefix());
            List<Double> rates = new ArrayList<>();
            for (int round = 1; round <= load.rounds(); round++) {
                List<ClosedLoop.Share> shares = shares(peers, servers, load.transactions());
                rates.add(round(round, shares, server, verdicts, pids(processes)));
            }
            rates.sort(Comparator.naturalOrder());
            say(
                    "PDUs/s to verdict: median %.0f, from %.0f to %.0f",
                    median(rates), rates.get(0), rates.get(rates.size() - 1));
            CassandraWork done = CassandraWork.now(cassandra, cluster.plan().keyspacePrefix())
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
        double toVerdict = seconds(begin);
        CpuSeconds spent = CpuSeconds.now(pids).since(before);
        List<EventId> events = outcome.events();
        say("round %d: %d PDUs, verdicts %s", number, events.size(), counts);
        say("  to the answer  %6.0f PDUs/s (%.2f s)", events.size() / outcome.seconds(), outcome.seconds());
        say("  to the verdict %6.0f PDUs/s (%.2f s)", events.size() / toVerdict, toVerdict);
        say(
                "  answers to transactions: p50 %.1f ms, p99 %.1f ms",
                outcome.percentileMillis(0.50), outcome.percentileMillis(0.99));
        spent.byProcess()
                .forEach((name, seconds) -> say(
                        "  %-17s %6.2f CPU s  %5.0f us a PDU  %4.0f %%",
                        name, seconds, seconds * 1e6 / events.size(), 100 * seconds / spent.total()));
        say(
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

    private List<RoomId> publicRooms(Cluster cluster) {
        ClientUser owner = ClientUser.register(URI.create(cluster.plan().clientUrl()), "owner");
        List<RoomId> rooms = new ArrayList<>();
        for (int i = 0; i < load.rooms(); i++) {
            rooms.add(publicRoom(owner));
        }
        return rooms;
    }

    /** On a machine that others use, the first requests to a cold cluster may be told to try again. */
    private static RoomId publicRoom(ClientUser owner) {
        JsonObject request = JsonObject.EMPTY.with("preset", "public_chat");
        ClientUser.Answer answer = owner.post("/_matrix/client/v3/createRoom", request);
        for (int attempt = 1; attempt < ATTEMPTS && answer.status() == 503; attempt++) {
            say("createRoom was answered 503; once more");
            answer = owner.post("/_matrix/client/v3/createRoom", request);
        }
        return new RoomId(answer.ok().string("room_id").orElseThrow());
    }

    private List<RoomId> roomsOf(int peer, List<RoomId> rooms) {
        List<RoomId> own = new ArrayList<>();
        for (int i = peer; i < rooms.size(); i += load.peers()) {
            own.add(rooms.get(i));
        }
        return own;
    }

    private static Map<String, ChildProcess> processes(Brokers brokers, Cluster cluster) {
        Map<String, ChildProcess> processes = new LinkedHashMap<>();
        brokers.processes().forEach(process -> processes.put(process.name(), process));
        cluster.processes().forEach((service, process) -> processes.put(service.identity(), process));
        return processes;
    }

    private static Map<String, Long> pids(Map<String, ChildProcess> processes) {
        Map<String, Long> pids = new LinkedHashMap<>();
        processes.forEach((name, process) -> pids.put(name, process.pid()));
        pids.put("(the peers)", ProcessHandle.current().pid());
        return pids;
    }

    private static void sayMemory(String when, Map<String, ChildProcess> processes) {
        List<String> each = new ArrayList<>();
        long all = 0;
        for (Map.Entry<String, ChildProcess> entry : processes.entrySet()) {
            long bytes = entry.getValue().residentBytes();
            all += bytes;
            each.add("%s %d".formatted(entry.getKey(), bytes / MEBIBYTE));
        }
        say("memory %s: %d MiB resident (%s)", when, all / MEBIBYTE, String.join(", ", each));
    }

    private static void sayWork(CassandraWork work, int pdus) {
        say("Cassandra, operations a PDU in all rounds:");
        work.operations().forEach((what, count) -> say("  %-50s %.2f", what, (double) count / pdus));
    }

    private static String loadAverage() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
        return String.join(" ", fields[0], fields[1], fields[2]);
    }

    private static double median(List<Double> sorted) {
        int upper = sorted.size() / 2;
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(upper)) / 2;
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void say(String sentence, Object... values) {
        System.out.println(sentence.formatted(values));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
