package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.gatehouse.cluster.Topics;
import org.gatehouse.local.Installation;
import org.gatehouse.local.Ports;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The program of the Kubernetes Job, started as the Job starts it, on the Kafka and the Cassandra of this run. */
@Tag("slow")
class ClusterPreparationTest {

    @Test
    void twoJobsAtOnceMakeEverythingOnceAndAThirdFindsNothingToDo() throws Exception {
        // When
        List<Job> twins = List.of(Job.start(names("twins")), Job.start(names("twins")));
        for (Job job : twins) {
            assertThat(job.end()).as(job.output()).isZero();
        }
        Job third = Job.start(names("twins"));

        // Then
        assertThat(third.end()).as(third.output()).isZero();
        assertThat(third.output()).contains("topics twins.*: 0 made").contains("keyspaces twins_*: 0 schema files run");
        assertThat(topics())
                .containsAll(Arrays.stream(Topics.values())
                        .map(topic -> topic.name("twins."))
                        .toList());
        // Each file was run by exactly one of the twins.
        try (CqlSession session = Clusters.cassandra().session()) {
            assertThat(session.execute("SELECT number FROM twins_event_graph.schema_migrations")
                            .all())
                    .isNotEmpty();
            assertThat(session.execute("SELECT holder FROM twins_event_graph.schema_lock")
                            .all())
                    .isEmpty();
        }
    }

    @Test
    void anotherNumberOfPartitionsIsRefused() throws Exception {
        Map<String, String> more = names("first");
        more.put("GATEHOUSE_PREPARATION_LOG_PARTITIONS", "32");

        Job job = Job.start(more);

        assertThat(job.end()).isEqualTo(1);
        assertThat(job.output())
                .contains("first.pdu-received has 16 partitions, not 32")
                .doesNotContain("\tat ");
    }

    @Test
    void aCassandraThatIsNotThereIsWaitedForAndThenNamed() throws Exception {
        Map<String, String> nowhere = names("twins");
        String address = "127.0.0.1:" + Ports.free();
        nowhere.put("GATEHOUSE_CASSANDRA_CONTACT_POINTS", address);
        nowhere.put("GATEHOUSE_CASSANDRA_START_TIMEOUT", "8s");

        Job job = Job.start(nowhere);

        assertThat(job.end()).isEqualTo(1);
        assertThat(job.output())
                .contains("waiting")
                .contains("cluster-preparation: Cassandra does not answer at [" + address + "]");
    }

    @Test
    void aKafkaThatIsNotThereIsWaitedForAndThenNamed() throws Exception {
        Map<String, String> nowhere = names("twins");
        String address = "127.0.0.1:" + Ports.free();
        nowhere.put("KAFKA_BOOTSTRAP_SERVERS", address);
        nowhere.put("GATEHOUSE_KAFKA_START_TIMEOUT", "8s");

        Job job = Job.start(nowhere);

        assertThat(job.end()).isEqualTo(1);
        assertThat(job.output())
                .contains("waiting")
                .contains("cluster-preparation: Kafka does not answer at " + address);
    }

    private static Map<String, String> names(String cluster) {
        return new TreeMap<>(Map.of(
                "GATEHOUSE_TOPIC_PREFIX",
                cluster + ".",
                "GATEHOUSE_KEYSPACE_PREFIX",
                cluster + "_",
                "KAFKA_BOOTSTRAP_SERVERS",
                Clusters.kafka().bootstrapServers(),
                "GATEHOUSE_CASSANDRA_CONTACT_POINTS",
                Clusters.cassandra().contactPoint()));
    }

    private static Set<String> topics() throws Exception {
        try (Admin admin = Clusters.kafka().admin()) {
            return admin.listTopics().names().get();
        }
    }

    /** One run of the program in a JVM of its own. */
    private record Job(Process process, StringBuffer text, Thread reader) {

        static Job start(Map<String, String> environment) throws IOException {
            Path built = Installation.locate().home().resolve("lib/cluster-preparation/target");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            built.resolve("classes") + ":" + built.resolve("lib") + "/*",
                            "org.gatehouse.preparation.PrepareCluster")
                    .redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_") || name.startsWith("KAFKA_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            StringBuffer text = new StringBuffer();
            Thread reader = new Thread(
                    () -> process.inputReader(StandardCharsets.UTF_8)
                            .lines()
                            .forEach(line -> text.append(line).append('\n')),
                    "job-output");
            reader.start();
            return new Job(process, text, reader);
        }

        int end() throws InterruptedException {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            reader.join(5_000);
            return process.waitFor();
        }

        String output() {
            return text.toString();
        }
    }
}
