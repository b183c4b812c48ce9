package org.gatehouse.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gatehouse.local.CertificateAuthority.IssuedCertificate;

/**
 * What a service is told: a config/application.properties in its working directory, which Quarkus reads over the
 * defaults in its jar. On Kubernetes the same keys come as environment variables.
 */
final class ServiceConfiguration {
    private final ClusterPlan plan;
    private final ClusterDirectory directory;
    private final ClusterCertificates certificates;

    ServiceConfiguration(ClusterPlan plan, ClusterDirectory directory) {
        this.plan = plan;
        this.directory = directory;
        this.certificates = new ClusterCertificates(directory.certificates());
    }

    void write(ClusterService service) {
        write(directory.workingDirectory(service), properties(service));
    }

    /** For one more instance, with some keys of its own. */
    void write(ClusterService service, String instance, Map<String, String> changes) {
        Map<String, String> properties = properties(service);
        properties.putAll(changes);
        write(directory.workingDirectory(instance), properties);
    }

    private static void write(Path workingDirectory, Map<String, String> properties) {
        Path file = workingDirectory.resolve("config/application.properties");
        List<String> lines = new ArrayList<>();
        lines.add("# Written by the launcher at each start of the cluster.");
        properties.forEach((key, value) -> lines.add(escape(key) + "=" + escape(value)));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new ClusterProblem("Cannot write %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    Map<String, String> properties(ClusterService service) {
        Map<String, String> properties = new TreeMap<>();
        cluster(properties);
        listeners(service, properties);
        identity(service, properties);
        switch (service) {
            case INGRESS -> federationDoor(properties);
            case EGRESS -> egress(properties);
            case PROVIDER -> provider(properties);
            case MEDIA_RELAY ->
                properties.put(
                        "gatehouse.media.directory",
                        directory.root().resolve("media").toString());
            case EVENT_GRAPH, STATE_RESOLUTION, KEY -> {}
        }
        properties.putAll(plan.settings().properties());
        return properties;
    }

    private void cluster(Map<String, String> properties) {
        properties.put("gatehouse.cluster", plan.settings().name());
        properties.put(
                "gatehouse.server-names", String.join(",", plan.settings().serverNames()));
        properties.put("gatehouse.topic-prefix", plan.topicPrefix());
        properties.put("gatehouse.keyspace-prefix", plan.keyspacePrefix());
        properties.put("gatehouse.cassandra.contact-points", plan.cassandra());
        properties.put("gatehouse.cassandra.local-datacenter", CassandraProcess.DATA_CENTRE);
        properties.put("kafka.bootstrap.servers", plan.kafka());
        for (ClusterService other : ClusterService.values()) {
            if (other != ClusterService.INGRESS) {
                properties.put("gatehouse.internal." + other.identity() + ".url", plan.internalUrl(other));
            }
        }
    }

    private void listeners(ClusterService service, Map<String, String> properties) {
        boolean hasPublicDoor = service == ClusterService.INGRESS || service == ClusterService.PROVIDER;
        properties.put("quarkus.http.host", hasPublicDoor ? plan.settings().bind() : "127.0.0.1");
        properties.put(
                "quarkus.http.ssl-port", Integer.toString(plan.portsOf(service).https()));
        properties.put("quarkus.management.host", "127.0.0.1");
        properties.put(
                "quarkus.management.port",
                Integer.toString(plan.portsOf(service).management()));
        if (service != ClusterService.PROVIDER) {
            properties.put("quarkus.http.insecure-requests", "disabled");
        }
    }

    private void identity(ClusterService service, Map<String, String> properties) {
        keyStore("internal", certificates.of(service), properties);
        properties.put(
                "quarkus.tls.internal.trust-store.pem.certs",
                certificates.internalAuthority().toString());
    }

    private void federationDoor(Map<String, String> properties) {
        IssuedCertificate certificate = plan.settings()
                .tls()
                .map(own -> new IssuedCertificate(own.certificate(), own.key()))
                .orElse(certificates.federation());
        keyStore("federation", certificate, properties);
    }

    private void egress(Map<String, String> properties) {
        properties.put(
                "gatehouse.egress.ca-file", certificates.trustedForFederation().toString());
        properties.put(
                "gatehouse.egress.allow-private-networks",
                Boolean.toString(plan.settings().allowPrivateNetworks()));
    }

    private void provider(Map<String, String> properties) {
        properties.put("quarkus.http.port", Integer.toString(plan.settings().clientPort()));
        properties.put("quarkus.http.insecure-requests", "enabled");
        properties.put("gatehouse.provider.client-door", "true");
        if (!plan.settings().appServices().isEmpty()) {
            properties.put(
                    "gatehouse.provider.app-services",
                    plan.settings().appServices().stream().map(Path::toString).collect(Collectors.joining(",")));
        }
    }

    private static void keyStore(String bucket, IssuedCertificate certificate, Map<String, String> properties) {
        String prefix = "quarkus.tls." + bucket + ".key-store.pem.0.";
        properties.put(prefix + "cert", certificate.certificate().toString());
        properties.put(prefix + "key", certificate.key().toString());
    }

    /** Escapes for the properties format, and {@code $} for Quarkus, which would look up an expression. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '\\' || c == ':' || c == '=' || c == '#' || c == '!' || c == ' ') {
                escaped.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString().replace("${", "\\\\${");
    }
}
