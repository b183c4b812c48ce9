package org.gatehouse.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.gatehouse.local.Brokers;
import org.gatehouse.local.CassandraProcess;
import org.gatehouse.local.CertificateAuthority;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.local.DataFolder;
import org.gatehouse.local.Installation;
import org.gatehouse.local.KafkaProcess;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PemTls;
import org.gatehouse.testkit.SyntheticFederation;

/**
 * The brokers and the two clusters that all tests of a run share. {@link StopClusters} stops them after the last test; a
 * run that is cut short stops them as its JVM ends.
 */
final class Clusters {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Clusters SHARED = new Clusters();

    private final Path folder = temporaryFolder();
    private final DataFolder data = new DataFolder(folder);
    private final Installation installation = Installation.locate();
    private final Brokers brokers = Brokers.start(installation, data.brokers());
    private final List<Cluster> started = new ArrayList<>();
    private final Cluster first;
    private final Cluster second;
    private Optional<PairedCluster> pair = Optional.empty();

    /** What stops them stands ready before the first can fail to start. */
    private Clusters() {
        StopClusters.afterTheLastTest(this::stop);
        Runtime.getRuntime().addShutdownHook(new Thread(StopClusters::now, "stop-clusters"));
        first = start("first");
        second = start("second");
    }

    private Cluster start(String name) {
        Cluster cluster = Cluster.start(installation, data, brokers, ClusterSettings.onFreePorts(name));
        started.add(cluster);
        return cluster;
    }

    static Cluster first() {
        return SHARED.first;
    }

    static Cluster second() {
        return SHARED.second;
    }

    /** One more cluster on the same brokers, for a test that needs its own; the test closes it. */
    static Cluster another(ClusterSettings settings) {
        return Cluster.start(SHARED.installation, SHARED.data, SHARED.brokers, settings);
    }

    /** The cluster of two names and two instances each, started by the first test that wants it. */
    static synchronized PairedCluster pair() {
        PairedCluster pair = SHARED.pair.orElseGet(PairedCluster::new);
        SHARED.pair = Optional.of(pair);
        return pair;
    }

    /** Ends that cluster, which slows the tests after it down; another test that wants it gets a new one. */
    static synchronized void endPair() {
        SHARED.pair.ifPresent(PairedCluster::close);
        SHARED.pair = Optional.empty();
    }

    /** After Kafka ended by itself. */
    static void startKafkaAgain() {
        SHARED.brokers.startKafkaAgain(SHARED.installation);
    }

    /** After Cassandra ended. */
    static void startCassandraAgain() {
        SHARED.brokers.startCassandraAgain(SHARED.installation);
    }

    /** The folder of this run: a launcher that is started on it finds the brokers and both clusters. */
    static DataFolder data() {
        return SHARED.data;
    }

    static KafkaProcess kafka() {
        return SHARED.brokers.kafka();
    }

    static CassandraProcess cassandra() {
        return SHARED.brokers.cassandra();
    }

    /** The hosted name of a cluster. */
    static ServerName nameOf(Cluster cluster) {
        return new ServerName(cluster.plan().settings().serverNames().get(0));
    }

    /** A new user, whose name no other test has. */
    static ClientUser user(Cluster cluster, String name) {
        return ClientUser.register(URI.create(cluster.plan().clientUrl()), name + "-" + NAMES.incrementAndGet());
    }

    /** A new user of one of several names. */
    static ClientUser user(Cluster cluster, String name, ServerName server) {
        return ClientUser.register(
                URI.create(cluster.plan().clientUrl()), name + "-" + NAMES.incrementAndGet(), server.toString());
    }

    /** A new server that the clusters trust. */
    static FederationPeer peer() {
        try {
            return FederationPeer.start(SHARED.tls(List.of("127.0.0.1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** TLS as of a server that the clusters trust, for requests by hand. */
    static SSLContext tlsOfAPeer() {
        return SHARED.tls(List.of("127.0.0.1"));
    }

    /** So many new servers behind one listener. */
    static SyntheticFederation federation(int servers) {
        try {
            return SyntheticFederation.start(SHARED.tls(SyntheticFederation.hosts(servers)), servers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SSLContext tls(List<String> addresses) {
        CertificateAuthority authority = data.federationAuthority();
        CertificateAuthority.IssuedCertificate own = authority.issue(
                folder,
                "peer-" + NAMES.incrementAndGet(),
                new CertificateAuthority.Subject("peer", List.of(), addresses, List.of()));
        return PemTls.context(own.certificate(), own.key(), authority.certificateFile());
    }

    private void stop() {
        pair.ifPresent(PairedCluster::close);
        started.forEach(Cluster::close);
        brokers.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Clusters::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("gatehouse-integration-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
