package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.gatehouse.cluster.Topics;
import org.gatehouse.local.ChildProcess;
import org.gatehouse.local.ClusterSchema;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.Ports;
import org.gatehouse.local.ServiceInstance;
import org.gatehouse.preparation.CreateTopics;
import org.gatehouse.preparation.PreparationProblem;
import org.gatehouse.preparation.TopicShape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a service says that cannot start, or cannot start yet: one more instance of it is started, and told wrong. */
@Tag("slow")
class StartTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void aMistakeInTheConfigurationIsASentenceAndAnExitCode() throws Exception {
        Map<ClusterService, Mistake> mistakes = new TreeMap<>(Map.of(
                ClusterService.INGRESS,
                new Mistake("quarkus.http.ssl-port", "https", "quarkus.http.ssl-port: \"https\" is not a number"),
                ClusterService.EVENT_GRAPH,
                new Mistake(
                        "gatehouse.server-names",
                        "good.example,bad_name!",
                        "gatehouse.server-names: \"bad_name!\" is not a Matrix server name"),
                ClusterService.STATE_RESOLUTION,
                new Mistake(
                        "gatehouse.cassandra.contact-points",
                        "127.0.0.1:cql",
                        "gatehouse.cassandra.contact-points: \"127.0.0.1:cql\" is not host:port"),
                ClusterService.KEY,
                new Mistake("gatehouse.keys.master-key", "c2hvcnQ=", "gatehouse.keys.master-key is not 32 bytes"),
                ClusterService.EGRESS,
                new Mistake("gatehouse.egress.ca-file", "/nowhere/ca.pem", "there is no file /nowhere/ca.pem"),
                ClusterService.PROVIDER,
                new Mistake("gatehouse.provider.app-services", "/nowhere/irc.yaml", "/nowhere/irc.yaml cannot be read"),
                ClusterService.MEDIA_RELAY,
                new Mistake(
                        "quarkus.tls.internal.key-store.pem.0.cert",
                        "/nowhere/tls.crt",
                        "quarkus.tls.internal.key-store.pem.0.cert: there is no file /nowhere/tls.crt")));

        for (Map.Entry<ClusterService, Mistake> mistake : mistakes.entrySet()) {
            ClusterService service = mistake.getKey();
            ChildProcess process = instance(
                            service,
                            service + "-mistaken",
                            Map.of(mistake.getValue().key(), mistake.getValue().value()))
                    .begin();

            assertThat(process.awaitEnd(LIMIT)).as(service.toString()).isTrue();
            assertThat(process.exitCode()).as(service.toString()).isEqualTo(1);
            assertThat(log(process))
                    .contains("does not start, its configuration is wrong")
                    .contains(mistake.getValue().sentence())
                    .doesNotContain("\tat ");
        }
        assertThat(mistakes).hasSize(ClusterService.values().length);
    }

    private record Mistake(String key, String value, String sentence) {}

    @Test
    void aKafkaOrACassandraThatIsNotThereIsWaitedForAndThenNamed() throws Exception {
        String nowhere = "127.0.0.1:" + Ports.free();
        ChildProcess withoutKafka = instance(
                        ClusterService.EVENT_GRAPH,
                        "event-graph-without-kafka",
                        Map.of("kafka.bootstrap.servers", nowhere, "gatehouse.kafka.start-timeout", "8s"))
                .begin();
        ChildProcess withoutCassandra = instance(
                        ClusterService.STATE_RESOLUTION,
                        "judge-without-cassandra",
                        Map.of(
                                "gatehouse.cassandra.contact-points",
                                nowhere,
                                "gatehouse.cassandra.start-timeout",
                                "8s"))
                .begin();

        assertThat(withoutKafka.awaitEnd(LIMIT)).isTrue();
        assertThat(withoutKafka.exitCode()).isEqualTo(1);
        assertThat(log(withoutKafka))
                .contains("Kafka does not answer at " + nowhere + "; waiting")
                .contains("event-graph does not start: Kafka does not answer at " + nowhere)
                .doesNotContain("\tat ");
        assertThat(withoutCassandra.awaitEnd(LIMIT)).isTrue();
        assertThat(withoutCassandra.exitCode()).isEqualTo(1);
        assertThat(log(withoutCassandra))
                .containsPattern("Cassandra does not answer at \\[" + nowhere + "].*; waiting")
                .contains("The service does not start: Cassandra does not answer at [" + nowhere + "]")
                .doesNotContain("\tat ");
    }

    /** First the topic is missing, then it is there, then it is another one under the same name. */
    @Test
    void aTopicIsMissingIsMadeAndIsMadeAnew() throws Exception {
        String prefix = "absent.";
        String topic = Topics.PDU_RECEIVED.name(prefix);
        ClusterSchema.migrate(Clusters.cassandra(), "twins_");
        Map<String, String> elsewhere = Map.of("gatehouse.topic-prefix", prefix, "gatehouse.keyspace-prefix", "twins_");
        try (Admin admin = Clusters.kafka().admin();
                ServiceInstance graph = instance(ClusterService.EVENT_GRAPH, "event-graph-absent", elsewhere)) {
            create(admin, prefix);
            delete(admin, topic);

            ChildProcess process = graph.begin();
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(readiness(graph)).contains("missing: " + topic));
            assertThat(process.isAlive()).isTrue();
            assertThat(graph.isReady()).isFalse();

            create(admin, prefix);
            await().atMost(LIMIT).until(graph::isReady);

            graph.stop();
            delete(admin, topic);
            create(admin, prefix);
            ChildProcess deceived = graph.begin();
            assertThat(deceived.awaitEnd(LIMIT)).isTrue();
            assertThat(deceived.exitCode()).isEqualTo(1);
            assertThat(log(deceived))
                    .contains("event-graph does not start: topic " + topic + " was made anew")
                    .contains("raise gatehouse.generation")
                    .doesNotContain("\tat ");
        }
        Map<String, String> raised = new TreeMap<>(elsewhere);
        raised.put("gatehouse.generation", "11");
        try (ServiceInstance graph = instance(ClusterService.EVENT_GRAPH, "event-graph-raised", raised)) {
            graph.start();
            assertThat(graph.isReady()).isTrue();
        }
    }

    private static ServiceInstance instance(ClusterService service, String name, Map<String, String> changes) {
        return Clusters.first().instance(service, name, changes);
    }

    private static String log(ChildProcess process) throws IOException {
        return Files.readString(process.logFile());
    }

    private static String readiness(ServiceInstance instance) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(instance.managementUrl() + "/q/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static void delete(Admin admin, String topic) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(topic)).all().get();
        await().atMost(LIMIT).until(() -> !admin.listTopics().names().get().contains(topic));
    }

    /** A topic that was just deleted may be in the broker's way for a moment. */
    private static void create(Admin admin, String prefix) {
        await().atMost(LIMIT).until(() -> {
            try {
                CreateTopics.missing(admin, prefix, TopicShape.DEFAULT);
                return true;
            } catch (PreparationProblem e) {
                return false;
            }
        });
    }
}
