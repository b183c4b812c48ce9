package org.gatehouse.local;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** One Cassandra node in a process of its own, on loopback. A write is on disk before it is answered. */
public final class CassandraProcess {
    /** The name of the only data centre. */
    public static final String DATA_CENTRE = "datacenter1";

    private static final String NAME = "cassandra";
    private static final Duration READY_WITHIN = Duration.ofSeconds(180);
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(30);
    private static final List<String> JVM = List.of(
            "-Xms512m", "-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    private final ChildProcess process;
    private final int port;

    private CassandraProcess(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * The ports of a node.
     *
     * @param nativeTransport where drivers connect
     * @param storage where nodes would talk to each other
     * @param storageTls the same over TLS
     */
    public record CassandraPorts(int nativeTransport, int storage, int storageTls) {
        /** Three free ports. */
        public static CassandraPorts free() {
            return new CassandraPorts(Ports.free(), Ports.free(), Ports.free());
        }
    }

    /**
     * Starts a node whose data, configuration, log and pid file are in {@code directory}. Returns before it is ready:
     * see {@link #awaitReady()}.
     */
    public static CassandraProcess start(Installation installation, Path directory, CassandraPorts ports) {
        Path yaml = directory.resolve("cassandra.yaml");
        Path logging = directory.resolve("logback.xml");
        Path data = directory.resolve("data");
        Templates.write(
                "cassandra/cassandra.yaml",
                Map.of(
                        "data", data,
                        "native.port", ports.nativeTransport(),
                        "storage.port", ports.storage(),
                        "ssl.port", ports.storageTls()),
                yaml);
        Templates.write("cassandra/logback.xml", Map.of(), logging);

        List<String> command = new ArrayList<>();
        command.add(installation.java().toString());
        command.addAll(JVM);
        // Without a flush after each of the forty schema statements: see flushSchema().
        Templates.fill("cassandra/jvm.options", Map.of("config.uri", yaml.toUri(), "data", data, "logback", logging))
                .lines()
                .forEach(command::add);
        command.add("-javaagent:" + installation.cassandraAgent());
        command.addAll(List.of("-cp", installation.cassandraClassPath()));
        command.add("org.apache.cassandra.service.CassandraDaemon");
        ChildProcess process = ChildProcess.start(new ChildProcess.Start(
                NAME, command, Map.of(), List.of(), directory, pidFile(directory), logFile(directory)));
        return new CassandraProcess(process, ports.nativeTransport());
    }

    /** The node that runs on {@code directory}, if there is one. */
    public static Optional<CassandraProcess> attach(Path directory, CassandraPorts ports) {
        return ChildProcess.attach(NAME, pidFile(directory), logFile(directory))
                .map(process -> new CassandraProcess(process, ports.nativeTransport()));
    }

    static Path logFile(Path directory) {
        return directory.resolve("cassandra.log");
    }

    /** HOST:PORT for drivers. */
    public String contactPoint() {
        return "127.0.0.1:" + port;
    }

    public ChildProcess process() {
        return process;
    }

    /** A session without a keyspace, to be closed by the caller. */
    public CqlSession session() {
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress("127.0.0.1", port))
                .withLocalDatacenter(DATA_CENTRE)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, QUERY_TIMEOUT)
                        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, QUERY_TIMEOUT)
                        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, QUERY_TIMEOUT)
                        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                        .build())
                .build();
    }

    /** Returns when the node answers a query; see {@link Readiness#await} for what can go wrong. */
    public void awaitReady() {
        Readiness.await(process, READY_WITHIN, () -> Ports.answers(port) && answersQueries());
    }

    /**
     * Writes the schema's tables to disk. A crashed node reads its schema before it replays the commit log, so what was
     * written to a table that is only in the log would be lost. (The node does it after each statement of its own accord,
     * but then forty statements take thrice the time: jvm.options.)
     */
    @SuppressWarnings("BanJNDI") // the address is that of a process of our own on this machine
    public void flushSchema() {
        try {
            VirtualMachine node = VirtualMachine.attach(Long.toString(process.pid()));
            try (JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(node.startLocalManagementAgent()))) {
                connector
                        .getMBeanServerConnection()
                        .invoke(
                                new ObjectName("org.apache.cassandra.db:type=StorageService"),
                                "forceKeyspaceFlush",
                                new Object[] {"system_schema", new String[0]},
                                new String[] {String.class.getName(), String[].class.getName()});
            } finally {
                node.detach();
            }
        } catch (IOException | AttachNotSupportedException | JMException e) {
            throw new ClusterProblem("Cassandra cannot write its schema to disk: " + e.getMessage(), e);
        }
    }

    /** Asks the node to end and waits until it is gone. */
    public void stop() {
        process.stop(STOP_GRACE);
    }

    private boolean answersQueries() {
        try (CqlSession session = session()) {
            return session.execute("SELECT release_version FROM system.local").one() != null;
        } catch (AllNodesFailedException e) {
            return false;
        }
    }

    private static Path pidFile(Path directory) {
        return directory.resolve("cassandra.pid");
    }
}
