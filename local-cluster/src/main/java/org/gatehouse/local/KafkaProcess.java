package org.gatehouse.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka broker in a process of its own (KRaft: it is its own controller), on loopback. Acknowledged records are in
 * the page cache, not on disk: they outlive the process, not the machine.
 */
public final class KafkaProcess {
    private static final String NAME = "kafka";
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);
    private static final int ADMIN_TIMEOUT_MILLIS = 5_000;
    private static final List<String> JVM = List.of(
            "-Xms128m",
            "-Xmx384m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true");

    private final ChildProcess process;
    private final int port;

    private KafkaProcess(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * The ports of a broker.
     *
     * @param client where producers and consumers connect
     * @param controller where it talks to itself
     */
    public record KafkaPorts(int client, int controller) {
        /** Two free ports. */
        public static KafkaPorts free() {
            return new KafkaPorts(Ports.free(), Ports.free());
        }
    }

    /**
     * Starts a broker whose data, configuration, log and pid file are in {@code directory}; formats it the first time.
     * Returns before it is ready: see {@link #awaitReady()}.
     */
    public static KafkaProcess start(Installation installation, Path directory, KafkaPorts ports) {
        Path properties = directory.resolve("server.properties");
        Path logging = directory.resolve("log4j2.xml");
        Path data = directory.resolve("data");
        Templates.write(
                "kafka/server.properties",
                Map.of("client.port", ports.client(), "controller.port", ports.controller(), "data", data),
                properties);
        Templates.write("kafka/log4j2.xml", Map.of(), logging);
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(installation, directory, properties);
        }
        ChildProcess process = ChildProcess.start(java(
                installation,
                directory,
                NAME,
                "-Dlog4j2.configurationFile=" + logging.toUri(),
                "kafka.Kafka",
                properties.toString()));
        return new KafkaProcess(process, ports.client());
    }

    /** The broker that runs on {@code directory}, if there is one. */
    public static Optional<KafkaProcess> attach(Path directory, KafkaPorts ports) {
        return ChildProcess.attach(NAME, pidFile(directory, NAME), logFile(directory))
                .map(process -> new KafkaProcess(process, ports.client()));
    }

    static Path logFile(Path directory) {
        return directory.resolve("kafka.log");
    }

    /** What clients know as bootstrap.servers. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public ChildProcess process() {
        return process;
    }

    /** An administrator's connection, to be closed by the caller. */
    public Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ADMIN_TIMEOUT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ADMIN_TIMEOUT_MILLIS * 4));
    }

    /** Returns when the broker describes its cluster; see {@link Readiness#await} for what can go wrong. */
    public void awaitReady() {
        Readiness.await(process, READY_WITHIN, () -> Ports.answers(port));
        try (Admin admin = admin()) {
            Readiness.await(process, READY_WITHIN, () -> describes(admin));
        }
    }

    /** Asks the broker to end and waits until it is gone. */
    public void stop() {
        process.stop(STOP_GRACE);
    }

    private static boolean describes(Admin admin) {
        try {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            throw ClusterProblem.interrupted(e);
        }
    }

    private static void format(Installation installation, Path directory, Path properties) {
        ChildProcess format = ChildProcess.start(java(
                installation,
                directory,
                "kafka-format",
                "-Dlog4j2.level=warn",
                "kafka.tools.StorageTool",
                "format",
                "--ignore-formatted",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                properties.toString()));
        boolean ended = format.awaitEnd(READY_WITHIN);
        format.kill();
        if (!ended || !Files.exists(directory.resolve("data/meta.properties"))) {
            throw new ProcessDied(format);
        }
    }

    private static ChildProcess.Start java(
            Installation installation, Path directory, String name, String property, String... mainAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(installation.java().toString());
        command.addAll(JVM);
        command.add(property);
        command.addAll(List.of("-cp", installation.kafkaClassPath()));
        command.addAll(List.of(mainAndArguments));
        return new ChildProcess.Start(
                name, command, Map.of(), List.of(), directory, pidFile(directory, name), logFile(directory));
    }

    private static Path pidFile(Path directory, String name) {
        return directory.resolve(name + ".pid");
    }
}
