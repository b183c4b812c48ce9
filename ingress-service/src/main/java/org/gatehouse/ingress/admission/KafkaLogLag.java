package org.gatehouse.ingress.admission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.log.KafkaConnections;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka once a second where the log ends and where event-graph has come to. All instances see the same. If Kafka
 * does not say, the lag counts as unknown after a while: records are then refused, not held back.
 */
@Singleton
class KafkaLogLag implements LogLag {

    private static final Logger LOG = Logger.getLogger(KafkaLogLag.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration BELIEVED = Duration.ofSeconds(30);
    private static final String READER = "event-graph";

    private final KafkaConnections connections;
    private final ClusterConfig cluster;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread asking = new Thread(task, "log-lag");
        asking.setDaemon(true);
        return asking;
    });
    private @Nullable Admin admin;
    private boolean failing;
    private volatile Map<Integer, Long> behind = Map.of();
    private volatile long seenAt = System.nanoTime();

    KafkaLogLag(KafkaConnections connections, ClusterConfig cluster, MeterRegistry meters) {
        this.connections = connections;
        this.cluster = cluster;
        Gauge.builder("matrix_federation_inbound_log_lag_records", this, KafkaLogLag::largest)
                .description("Records that event-graph is behind, in the partition where they are most")
                .register(meters);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ask() says itself what fails
    void start(@Observes StartupEvent event) {
        thread.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
        Admin open = admin;
        if (open != null) {
            open.close(Duration.ofSeconds(1));
        }
    }

    @Override
    public long of(int partition) {
        boolean fresh = System.nanoTime() - seenAt < BELIEVED.toNanos();
        return fresh ? behind.getOrDefault(partition, 0L) : 0;
    }

    private double largest() {
        return behind.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private void ask() {
        try {
            behind = lag();
            seenAt = System.nanoTime();
            failing = false;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (!failing) {
                LOG.warnf("how far the log's reader is behind cannot be seen: %s", e.getMessage());
            }
            failing = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<Integer, Long> lag() throws ExecutionException, InterruptedException, TimeoutException {
        Admin kafka = connected();
        String topic = Topics.PDU_RECEIVED.name(cluster.topicPrefix());
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        int partitions = kafka
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .values()
                .stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
        for (int i = 0; i < partitions; i++) {
            ends.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        Map<TopicPartition, OffsetAndMetadata> worked = kafka.listConsumerGroupOffsets(cluster.topicPrefix() + READER)
                .partitionsToOffsetAndMetadata()
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        Map<TopicPartition, ListOffsetsResultInfo> logged =
                kafka.listOffsets(ends).all().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        Map<Integer, Long> lag = new HashMap<>();
        logged.forEach((partition, end) -> {
            OffsetAndMetadata done = worked.get(partition);
            lag.put(partition.partition(), Math.max(0, end.offset() - (done == null ? 0 : done.offset())));
        });
        return Map.copyOf(lag);
    }

    private Admin connected() {
        Admin open = admin;
        if (open == null) {
            open = connections.admin();
            admin = open;
        }
        return open;
    }
}
