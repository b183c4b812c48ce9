package org.gatehouse.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gatehouse.local.CassandraProcess.CassandraPorts;
import org.gatehouse.local.KafkaProcess.KafkaPorts;

/**
 * The one Kafka and the one Cassandra that the clusters of a data folder share. The ports are chosen once and kept
 * beside the data. Closing stops both.
 */
public final class Brokers implements AutoCloseable {
    private final Path directory;
    private volatile KafkaProcess kafka;
    private volatile CassandraProcess cassandra;

    private Brokers(Path directory, KafkaProcess kafka, CassandraProcess cassandra) {
        this.directory = directory;
        this.kafka = kafka;
        this.cassandra = cassandra;
    }

    /** What is kept in ports.json. */
    record BrokerPorts(KafkaPorts kafka, CassandraPorts cassandra) {}

    /**
     * Starts both side by side and returns when both answer. If one fails, both are stopped again.
     *
     * @throws ClusterProblem if one does not come up, with the end of its log
     */
    public static Brokers start(Installation installation, Path directory) {
        BrokerPorts ports = ports(directory);
        Cluster.setAside(KafkaProcess.logFile(kafkaFolder(directory)));
        Cluster.setAside(CassandraProcess.logFile(cassandraFolder(directory)));
        try {
            Parallel.run(List.of(
                    () -> KafkaProcess.start(installation, kafkaFolder(directory), ports.kafka())
                            .awaitReady(),
                    () -> CassandraProcess.start(installation, cassandraFolder(directory), ports.cassandra())
                            .awaitReady()));
            return attach(directory)
                    .orElseThrow(() -> new ClusterProblem("Kafka or Cassandra ended as soon as it was ready; see "
                            + KafkaProcess.logFile(kafkaFolder(directory)) + " and "
                            + CassandraProcess.logFile(cassandraFolder(directory))));
        } catch (ClusterProblem e) {
            Uninterrupted.run(() -> stop(directory));
            throw e;
        }
    }

    /** The brokers that run on {@code directory}; empty unless both do. */
    public static Optional<Brokers> attach(Path directory) {
        return JsonFile.read(portsFile(directory), BrokerPorts.class)
                .flatMap(ports -> KafkaProcess.attach(kafkaFolder(directory), ports.kafka())
                        .flatMap(kafka -> CassandraProcess.attach(cassandraFolder(directory), ports.cassandra())
                                .map(cassandra -> new Brokers(directory, kafka, cassandra))));
    }

    /** Stops whatever of the two runs on {@code directory}; false if neither does. */
    public static boolean stop(Path directory) {
        Optional<BrokerPorts> ports = JsonFile.read(portsFile(directory), BrokerPorts.class);
        Optional<KafkaProcess> kafka = ports.flatMap(it -> KafkaProcess.attach(kafkaFolder(directory), it.kafka()));
        Optional<CassandraProcess> cassandra =
                ports.flatMap(it -> CassandraProcess.attach(cassandraFolder(directory), it.cassandra()));
        Parallel.runAll(
                List.of(() -> kafka.ifPresent(KafkaProcess::stop), () -> cassandra.ifPresent(CassandraProcess::stop)));
        return kafka.isPresent() || cassandra.isPresent();
    }

    /** The log of {@code kafka} or {@code cassandra}; empty for any other name. */
    public static Optional<Path> logFile(Path directory, String name) {
        return switch (name) {
            case "kafka" -> Optional.of(KafkaProcess.logFile(kafkaFolder(directory)));
            case "cassandra" -> Optional.of(CassandraProcess.logFile(cassandraFolder(directory)));
            default -> Optional.empty();
        };
    }

    public KafkaProcess kafka() {
        return kafka;
    }

    public CassandraProcess cassandra() {
        return cassandra;
    }

    /** Starts Kafka again after it ended, on the same ports and data, and returns when it answers. */
    public void startKafkaAgain(Installation installation) {
        KafkaProcess again = KafkaProcess.start(
                installation, kafkaFolder(directory), ports(directory).kafka());
        kafka = again;
        again.awaitReady();
    }

    /** Starts Cassandra again after it ended, on the same ports and data, and returns when it answers. */
    public void startCassandraAgain(Installation installation) {
        CassandraProcess again = CassandraProcess.start(
                installation, cassandraFolder(directory), ports(directory).cassandra());
        cassandra = again;
        again.awaitReady();
    }

    /** Both processes. */
    public List<ChildProcess> processes() {
        return List.of(kafka.process(), cassandra.process());
    }

    /** Stops both, each asked first and killed if it does not end. */
    @Override
    public void close() {
        Uninterrupted.run(() -> Parallel.runAll(List.of(() -> kafka.stop(), () -> cassandra.stop())));
    }

    private static BrokerPorts ports(Path directory) {
        return JsonFile.read(portsFile(directory), BrokerPorts.class).orElseGet(() -> {
            BrokerPorts chosen = new BrokerPorts(KafkaPorts.free(), CassandraPorts.free());
            JsonFile.write(portsFile(directory), chosen);
            return chosen;
        });
    }

    private static Path portsFile(Path directory) {
        return directory.resolve("ports.json");
    }

    private static Path kafkaFolder(Path directory) {
        return directory.resolve("kafka");
    }

    private static Path cassandraFolder(Path directory) {
        return directory.resolve("cassandra");
    }
}
