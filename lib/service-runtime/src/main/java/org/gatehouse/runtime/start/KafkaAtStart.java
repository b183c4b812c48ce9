package org.gatehouse.runtime.start;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.log.KafkaConnections;
import org.jboss.logging.Logger;

/** Waits for Kafka in plain words before the consumers start, and ends the start if it does not come. */
@Singleton
class KafkaAtStart {

    private static final Logger LOG = Logger.getLogger(KafkaAtStart.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
    private static final int ASK_MILLIS = 2_000;

    private final KafkaConnections connections;
    private final ClusterConfig cluster;
    private final String address;
    private final Duration limit;

    KafkaAtStart(
            KafkaConnections connections,
            ClusterConfig cluster,
            @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> address,
            @ConfigProperty(name = "gatehouse.kafka.start-timeout", defaultValue = "60s") Duration limit) {
        this.connections = connections;
        this.cluster = cluster;
        this.address = address.orElse("(kafka.bootstrap.servers is not set)");
        this.limit = limit;
    }

    void await(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (Topics.of(cluster.service()).isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        try (Admin admin = connections.admin()) {
            while (!answers(admin)) {
                long left = deadline - System.nanoTime();
                if (left < 0) {
                    throw new StartRefused(
                            "%s does not start: Kafka does not answer at %s".formatted(cluster.service(), address));
                }
                LOG.warnf(
                        "Kafka does not answer at %s; waiting, %d s left",
                        address, TimeUnit.NANOSECONDS.toSeconds(left));
                Thread.sleep(BETWEEN_TRIES.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("interrupted while waiting for Kafka");
        }
    }

    private static boolean answers(Admin admin) throws InterruptedException {
        try {
            return !admin.describeCluster(new DescribeClusterOptions().timeoutMs(ASK_MILLIS))
                    .nodes()
                    .get()
                    .isEmpty();
        } catch (ExecutionException e) {
            return false;
        }
    }
}
