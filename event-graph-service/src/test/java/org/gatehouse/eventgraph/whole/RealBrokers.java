package org.gatehouse.eventgraph.whole;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.local.Brokers;
import org.gatehouse.local.CertificateAuthority;
import org.gatehouse.local.CertificateAuthority.IssuedCertificate;
import org.gatehouse.local.CertificateAuthority.Subject;
import org.gatehouse.local.ClusterSchema;
import org.gatehouse.local.ClusterTopics;
import org.gatehouse.local.Installation;
import org.gatehouse.local.Ports;

/** Kafka with the topics, Cassandra with the tables, and the certificates of the cluster. */
public final class RealBrokers implements QuarkusTestResourceLifecycleManager {

    static final String BOOTSTRAP = "kafka.bootstrap.servers";
    static final String CERTIFICATES = "test.certificates";
    static final String JUDGE_PORT = "test.judge.port";

    private Brokers brokers;
    private Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("event-graph-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        brokers = Brokers.start(Installation.locate(), folder);
        ClusterTopics.create(brokers.kafka(), "");
        ClusterSchema.migrate(brokers.cassandra(), "");
        CertificateAuthority authority =
                CertificateAuthority.openOrCreate(folder, "test", new SecureRandom(), InstantSource.system());
        for (String service : List.of("event-graph", "state-resolution", "provider", "ingress")) {
            authority.issue(
                    folder,
                    service,
                    new Subject(
                            service,
                            List.of("localhost"),
                            List.of("127.0.0.1"),
                            List.of("spiffe://gatehouse/" + service)));
        }
        String judgePort = Integer.toString(Ports.free());
        Map<String, String> properties = new TreeMap<>();
        properties.put("gatehouse.server-names", "ours.example");
        properties.put(BOOTSTRAP, brokers.kafka().bootstrapServers());
        properties.put("gatehouse.cassandra.contact-points", brokers.cassandra().contactPoint());
        properties.put("gatehouse.internal.state-resolution.url", "https://127.0.0.1:" + judgePort);
        properties.put("gatehouse.admin.tokens", "viewer:look-look-look-look");
        properties.put(
                "quarkus.tls.internal.key-store.pem.0.cert",
                certificate(folder, "event-graph").certificate().toString());
        properties.put(
                "quarkus.tls.internal.key-store.pem.0.key",
                certificate(folder, "event-graph").key().toString());
        properties.put(
                "quarkus.tls.internal.trust-store.pem.certs",
                authority.certificateFile().toString());
        properties.put(JUDGE_PORT, judgePort);
        properties.put(CERTIFICATES, folder.toString());
        return properties;
    }

    static IssuedCertificate certificate(Path folder, String service) {
        return new IssuedCertificate(folder.resolve(service + ".crt"), folder.resolve(service + ".key"));
    }

    @Override
    public void stop() {
        if (brokers != null) {
            brokers.close();
        }
    }
}
