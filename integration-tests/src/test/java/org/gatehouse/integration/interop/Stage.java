package org.gatehouse.integration.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.gatehouse.local.Brokers;
import org.gatehouse.local.CertificateAuthority;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.local.DataFolder;
import org.gatehouse.local.Installation;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PemTls;

/** One cluster of ours and one Synapse under one authority. Logs and data stay in the folder for who asks why. */
final class Stage implements AutoCloseable {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Path folder;
    private final DataFolder data;
    private final Brokers brokers;
    private final Cluster cluster;
    private final Synapse synapse;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Stage(Path folder, DataFolder data, Brokers brokers, Cluster cluster, Synapse synapse) {
        this.folder = folder;
        this.data = data;
        this.brokers = brokers;
        this.cluster = cluster;
        this.synapse = synapse;
        // For a run that is cut short; services outlive who started them.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-stage"));
    }

    /** Starts everything; if one part fails, stops the others. */
    static Stage start() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "interop-")
                    .toAbsolutePath();
            DataFolder data = new DataFolder(folder.resolve("gatehouse"));
            Synapse synapse =
                    Synapse.start(Files.createDirectories(folder.resolve("synapse")), data.federationAuthority());
            Installation installation = Installation.locate();
            try {
                Brokers brokers = Brokers.start(installation, data.brokers());
                try {
                    Cluster cluster =
                            Cluster.start(installation, data, brokers, ClusterSettings.onFreePorts("interop"));
                    return new Stage(folder, data, brokers, cluster, synapse);
                } catch (RuntimeException e) {
                    brokers.close();
                    throw e;
                }
            } catch (RuntimeException e) {
                synapse.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Cluster cluster() {
        return cluster;
    }

    Synapse synapse() {
        return synapse;
    }

    /** Our server name. */
    ServerName ours() {
        return new ServerName(cluster.plan().settings().serverNames().get(0));
    }

    /** A new user of our cluster. */
    ClientUser hosted(String name) {
        return ClientUser.register(URI.create(cluster.plan().clientUrl()), name + "-" + NAMES.incrementAndGet());
    }

    /** A new user of Synapse. */
    ClientUser foreign(String name) {
        return ClientUser.register(synapse.clientDoor(), name + "-" + NAMES.incrementAndGet());
    }

    /** A third server, which both trust. */
    FederationPeer witness() {
        CertificateAuthority authority = data.federationAuthority();
        CertificateAuthority.IssuedCertificate own = authority.issue(
                folder,
                "witness-" + NAMES.incrementAndGet(),
                new CertificateAuthority.Subject("witness", List.of(), List.of("127.0.0.1"), List.of()));
        try {
            return FederationPeer.start(PemTls.context(own.certificate(), own.key(), authority.certificateFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to look when something failed. */
    String logs() {
        return "logs: " + synapse.log() + " and " + data.root();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            synapse.close();
            cluster.close();
            brokers.close();
        }
    }
}
