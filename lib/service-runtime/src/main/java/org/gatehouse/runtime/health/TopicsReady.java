package org.gatehouse.runtime.health;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.log.KafkaConnections;
import org.jspecify.annotations.Nullable;

/** Not ready while a topic that the service writes or reads does not exist. */
@Readiness
@ApplicationScoped
class TopicsReady implements HealthCheck {

    private final KafkaConnections connections;
    private final Set<String> needed;
    private @Nullable Admin admin;
    private volatile boolean complete;

    TopicsReady(KafkaConnections connections, ClusterConfig cluster) {
        this.connections = connections;
        this.needed = needed(cluster.service(), cluster.topicPrefix());
    }

    static Set<String> needed(String service, String prefix) {
        List<String> names = Arrays.stream(Topics.values())
                .filter(topic ->
                        topic.producers().contains(service) || topic.readers().contains(service))
                .map(topic -> topic.name(prefix))
                .toList();
        return new TreeSet<>(names);
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
            complete = missing.isEmpty();
            return complete ? answer(true, "all there") : answer(false, "missing: " + String.join(", ", missing));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
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
