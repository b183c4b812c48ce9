package org.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.gatehouse.local.ClusterPlan.ServicePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void tellsEachServiceItsPrefixesAndTheOthers() throws Exception {
        // When
        Properties written = written(ClusterService.EVENT_GRAPH, settings());

        // Then
        assertThat(written)
                .containsEntry("gatehouse.server-names", "one.example,[::1]:8448")
                .containsEntry("gatehouse.topic-prefix", "one.")
                .containsEntry("gatehouse.keyspace-prefix", "one_")
                .containsEntry("gatehouse.internal.state-resolution.url", "https://127.0.0.1:20002")
                .containsEntry("quarkus.http.host", "127.0.0.1")
                .containsEntry("quarkus.http.insecure-requests", "disabled")
                .containsEntry("quarkus.management.port", "21001");
    }

    @Test
    void givesTheFederationDoorToIngressAlone() throws Exception {
        assertThat(written(ClusterService.INGRESS, settings()))
                .containsEntry("quarkus.http.ssl-port", "8448")
                .containsKey("quarkus.tls.federation.key-store.pem.0.cert");
        assertThat(written(ClusterService.KEY, settings()))
                .doesNotContainKey("quarkus.tls.federation.key-store.pem.0.cert");
    }

    @Test
    void opensTheClientDoorOnItsPort() throws Exception {
        assertThat(written(ClusterService.PROVIDER, settings()))
                .containsEntry("quarkus.http.port", "8008")
                .containsEntry("gatehouse.provider.client-door", "true");
    }

    @Test
    void letsEgressReachPrivateNetworksOnlyIfAsked() throws Exception {
        assertThat(written(ClusterService.EGRESS, settings()))
                .containsEntry("gatehouse.egress.allow-private-networks", "false");
        assertThat(written(ClusterService.EGRESS, settings().withPrivateNetworks(true)))
                .containsEntry("gatehouse.egress.allow-private-networks", "true");
    }

    @Test
    void keepsOddCharactersOfPathsAndValues() throws Exception {
        // Given
        ClusterSettings odd = settings()
                .withProperty("gatehouse.note", "a b=c:d#e\\f ü")
                .withAppServices(List.of(Path.of("/tmp/my bridge.yaml")));

        // When
        Properties written = written(ClusterService.PROVIDER, odd);

        // Then
        assertThat(written)
                .containsEntry("gatehouse.note", "a b=c:d#e\\f ü")
                .containsEntry("gatehouse.provider.app-services", "/tmp/my bridge.yaml");
    }

    @Test
    void isTheSameAfterThePlanWasKeptAndRead() {
        // Given
        ClusterDirectory directory = new ClusterDirectory(folder);
        ClusterPlan plan = plan(settings().withExtraAuthority(Path.of("/tmp/ca.pem")));

        // When
        JsonFile.write(directory.planFile(), plan);

        // Then
        assertThat(directory.plan()).contains(plan);
    }

    private static ClusterSettings settings() {
        return ClusterSettings.of("one", 8448, 8008).withServerNames(List.of("one.example", "[::1]:8448"));
    }

    private static ClusterPlan plan(ClusterSettings settings) {
        Map<ClusterService, ServicePorts> ports = new EnumMap<>(ClusterService.class);
        for (ClusterService service : ClusterService.values()) {
            int https = service == ClusterService.INGRESS ? settings.federationPort() : 20_000 + service.ordinal();
            ports.put(service, new ServicePorts(https, 21_000 + service.ordinal()));
        }
        return new ClusterPlan(settings, "127.0.0.1:9092", "127.0.0.1:9042", ports);
    }

    private Properties written(ClusterService service, ClusterSettings settings) throws Exception {
        ClusterDirectory directory = new ClusterDirectory(folder);
        new ServiceConfiguration(plan(settings), directory).write(service);
        Properties properties = new Properties();
        try (Reader reader =
                Files.newBufferedReader(directory.workingDirectory(service).resolve("config/application.properties"))) {
            properties.load(reader);
        }
        return properties;
    }
}
