package org.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.gatehouse.cluster.Topics;
import org.gatehouse.local.KafkaProcess.KafkaPorts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class BrokersTest {
    private final Installation installation = Installation.locate();

    @TempDir
    Path folder;

    @Test
    void carryTopicsAndKeyspacesThroughARestart() throws Exception {
        // Given
        try (Brokers brokers = Brokers.start(installation, folder)) {
            ClusterTopics.create(brokers.kafka(), "one.");
            ClusterTopics.create(brokers.kafka(), "one.");
            ClusterSchema.migrate(brokers.cassandra(), "one_");
            assertThat(brokers.processes()).allMatch(ChildProcess::isAlive).allMatch(it -> it.residentBytes() > 0);
        }
        assertThat(Brokers.attach(folder)).isEmpty();

        // When
        try (Brokers brokers = Brokers.start(installation, folder)) {
            // Then
            assertThat(topics(brokers)).contains("one.pdu-received", "one.room-facts", "one.quarantine");
            assertThat(partitions(brokers, "one.pdu-received")).isEqualTo(Topics.PDU_RECEIVED.partitions());
            assertThat(keyspaces(brokers)).allMatch(name -> name.startsWith("system") || name.startsWith("one_"));
            assertThat(Brokers.attach(folder)).isPresent();
        }
        assertThat(pidFiles()).isEmpty();
    }

    @Test
    void sayWhyKafkaDoesNotComeUp() throws Exception {
        try (ServerSocket other = new ServerSocket()) {
            // Given
            other.bind(new InetSocketAddress("127.0.0.1", 0));
            KafkaPorts ports = new KafkaPorts(Ports.free(), other.getLocalPort());
            KafkaProcess kafka = KafkaProcess.start(installation, folder.resolve("kafka"), ports);

            // When
            assertThatThrownBy(kafka::awaitReady)
                    // Then
                    .isInstanceOf(ProcessDied.class)
                    .hasMessageContaining("kafka (pid " + kafka.process().pid())
                    .hasMessageContaining("Address already in use");
        }
    }

    private static Set<String> topics(Brokers brokers) throws ExecutionException, InterruptedException {
        try (Admin admin = brokers.kafka().admin()) {
            return admin.listTopics().names().get();
        }
    }

    private static int partitions(Brokers brokers, String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = brokers.kafka().admin()) {
            return Optional.of(
                            admin.describeTopics(List.of(topic)).allTopicNames().get())
                    .map((Map<String, org.apache.kafka.clients.admin.TopicDescription> it) -> it.get(topic))
                    .orElseThrow()
                    .partitions()
                    .size();
        }
    }

    private static List<String> keyspaces(Brokers brokers) {
        try (CqlSession session = brokers.cassandra().session()) {
            return session.execute("SELECT keyspace_name FROM system_schema.keyspaces").all().stream()
                    .map(row -> String.valueOf(row.getString(0)))
                    .toList();
        }
    }

    private List<Path> pidFiles() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".pid")).toList();
        }
    }
}
