package org.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.gatehouse.local.ChildProcess.Signal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class UpAndDownTest {
    private final Installation installation = Installation.locate();

    @TempDir
    Path folder;

    @Test
    void aClusterLosesServicesOneByOneAndGetsThemBack() {
        // Given: in a build of this module alone the services may not be there.
        assumeTrue(Arrays.stream(ClusterService.values()).allMatch(this::isBuilt));
        DataFolder data = new DataFolder(folder);
        try (Brokers brokers = Brokers.start(installation, data.brokers());
                Cluster cluster = Cluster.start(installation, data, brokers, ClusterSettings.onFreePorts("one"))) {
            assertThat(cluster.processes()).hasSize(ClusterService.values().length);

            // When
            cluster.kill(ClusterService.EVENT_GRAPH);
            cluster.stop(ClusterService.KEY);
            cluster.process(ClusterService.EGRESS).signal(Signal.STOP);

            // Then
            assertThat(cluster.isReady(ClusterService.EVENT_GRAPH)).isFalse();
            assertThat(cluster.isReady(ClusterService.EGRESS)).isFalse();
            assertThat(cluster.isReady(ClusterService.INGRESS)).isTrue();
            assertThatThrownBy(() -> cluster.process(ClusterService.KEY)).hasMessageContaining("does not run");

            cluster.process(ClusterService.EGRESS).signal(Signal.CONT);
            cluster.start(ClusterService.EVENT_GRAPH);
            cluster.start(ClusterService.KEY);
            assertThat(cluster.isReady(ClusterService.EVENT_GRAPH)).isTrue();
            assertThat(cluster.isReady(ClusterService.KEY)).isTrue();
        }
        assertThat(data.cluster("one").isRunning()).isFalse();
        assertThat(Brokers.attach(data.brokers())).isEmpty();
    }

    private boolean isBuilt(ClusterService service) {
        return Files.exists(
                installation.home().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar"));
    }
}
