package org.gatehouse.runtime.health;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.log.KafkaConnections;
import org.gatehouse.runtime.start.StartRefused;
import org.gatehouse.runtime.start.TopicsOfThisGeneration;
import org.jspecify.annotations.Nullable;

/** Not ready while a topic that the service writes or reads does not exist. */
@Readiness
@ApplicationScoped
class TopicsReady implements HealthCheck {

    private final KafkaConnections connections;
    private final TopicsOfThisGeneration generation;
    private final Set<String> needed;
    private @Nullable Admin admin;
    private volatile boolean complete;

    TopicsReady(KafkaConnections connections, ClusterConfig cluster, TopicsOfThisGeneration generation) {
        this.connections = connections;
        this.generation = generation;
        this.needed = needed(cluster.service(), cluster.topicPrefix());
    }

    static Set<String> needed(String service, String prefix) {
        return Topics.of(service).stream()
                .map(topic -> topic.name(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public HealthCheckResponse call() {
        // Topics do not go away: once they were all there, asking again would only tie our health to the broker's.
        if (complete || needed.isEmpty()) {
            return answer(true, "all there");
        }
        try {
            Set<String> missing = new TreeSet<>(needed);
            missing.removeAll(connected().listTopics().names().get(4, TimeUnit.SECONDS));
            if (!missing.isEmpty()) {
                return answer(false, "missing: " + String.join(", ", missing));
            }
            // Those that were made after the service started are not known to the store yet.
            List<String> problems = generation.settle();
            complete = problems.isEmpty();
            return answer(complete, complete ? "all there" : String.join("; ", problems));
        } catch (ExecutionException | TimeoutException | KafkaException | StartRefused e) {
            return answer(false, "Kafka does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return answer(false, "interrupted");
        }
    }

    private static HealthCheckResponse answer(boolean up, String topics) {
        return HealthCheckResponse.named("topics")
                .status(up)
                .withData("topics", topics)
                .build();
    }

    private synchronized Admin connected() {
        if (admin == null) {
            admin = connections.admin();
        }
        return admin;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close();
        }
    }
}
