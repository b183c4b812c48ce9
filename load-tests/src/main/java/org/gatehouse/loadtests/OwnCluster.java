package org.gatehouse.loadtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
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
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;

/** A cluster on temporary data that a measurement starts, fills with rooms and peers, and stops. */
final class OwnCluster {

    /** What {@link #pids} calls this process. */
    static final String PEERS = "(the peers)";

    private static final int ATTEMPTS = 5;

    private final DataFolder data;
    private final Brokers brokers;
    private final Cluster cluster;

    private OwnCluster(DataFolder data, Brokers brokers, Cluster cluster) {
        this.data = data;
        this.brokers = brokers;
        this.cluster = cluster;
    }

    /** What is done with the cluster while it runs. */
    @FunctionalInterface
    interface Measurement {
        void run(OwnCluster own) throws IOException;
    }

    /** Runs a program's measurement, and ends the JVM; Ctrl-C stops what was started. */
    static void measureAndExit(UnaryOperator<ClusterSettings> settings, Measurement measurement) throws IOException {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Logger.getLogger("").setLevel(Level.SEVERE);
        AtomicBoolean ending = new AtomicBoolean();
        endOnCtrlC(Thread.currentThread(), ending);
        Path folder = Files.createTempDirectory("gatehouse-measure-");
        try {
            run(new DataFolder(folder), settings, measurement);
        } finally {
            delete(folder);
        }
        ending.set(true);
        // Threads of the HTTP clients may live on.
        System.exit(0);
    }

    private static void run(DataFolder data, UnaryOperator<ClusterSettings> settings, Measurement measurement)
            throws IOException {
        Installation installation = Installation.locate();
        Say.line("load average of the machine before: %s", loadAverage());
        long begin = System.nanoTime();
        try (Brokers brokers = Brokers.start(installation, data.brokers())) {
            Say.line("Kafka and Cassandra ready after %.1f s", Say.secondsSince(begin));
            ClusterSettings chosen = settings.apply(ClusterSettings.onFreePorts("measure"));
            try (Cluster cluster = Cluster.start(installation, data, brokers, chosen)) {
                Say.line("cluster ready after %.1f s", Say.secondsSince(begin));
                measurement.run(new OwnCluster(data, brokers, cluster));
            }
        }
        Say.line("load average of the machine after: %s", loadAverage());
    }

    Brokers brokers() {
        return brokers;
    }

    Cluster cluster() {
        return cluster;
    }

    ServerName server() {
        return new ServerName(cluster.plan().settings().serverNames().get(0));
    }

    /** A peer that the cluster trusts, on a port of its own. */
    FederationPeer peer(int number) throws IOException {
        return FederationPeer.start(PeerTls.issue(data, "peer-" + number));
    }

    /** Kafka, Cassandra and the services, by name. */
    Map<String, ChildProcess> processes() {
        Map<String, ChildProcess> processes = new LinkedHashMap<>();
        brokers.processes().forEach(process -> processes.put(process.name(), process));
        cluster.processes().forEach((service, process) -> processes.put(service.identity(), process));
        return processes;
    }

    /** Of all processes, and of the peers, which are this one. */
    Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        processes().forEach((name, process) -> pids.put(name, process.pid()));
        pids.put(PEERS, ProcessHandle.current().pid());
        return pids;
    }

    /** New public rooms of a local user. */
    List<RoomId> publicRooms(int count) {
        ClientUser owner = ClientUser.register(URI.create(cluster.plan().clientUrl()), "owner");
        List<RoomId> rooms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rooms.add(publicRoom(owner));
        }
        return rooms;
    }

    /** On a machine that others use, the first requests to a cold cluster may be told to try again. */
    private static RoomId publicRoom(ClientUser owner) {
        JsonObject request = JsonObject.EMPTY.with("preset", "public_chat");
        ClientUser.Answer answer = owner.post("/_matrix/client/v3/createRoom", request);
        for (int attempt = 1; attempt < ATTEMPTS && answer.status() == 503; attempt++) {
            Say.line("createRoom was answered 503; once more");
            answer = owner.post("/_matrix/client/v3/createRoom", request);
        }
        return new RoomId(answer.ok().string("room_id").orElseThrow());
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

    private static String loadAverage() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
        return String.join(" ", fields[0], fields[1], fields[2]);
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
