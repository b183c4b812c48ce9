package org.gatehouse.runtime.log;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Waits for verdicts. This instance reads one partition of verdict-replies from its end; a record that asks for a
 * verdict carries an address of that partition. Register before publishing: the answer may be faster than you.
 */
@Singleton
@Default
@Readiness
public class VerdictReplies implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(VerdictReplies.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration FORGET_AFTER = Duration.ofMinutes(3);
    private static final RecordCodec<VerdictReply> CODEC = RecordCodec.of(VerdictReply.class);

    private final KafkaConnections connections;
    private final String topic;
    private final boolean reader;
    private final int partition;
    private final String instance = UUID.randomUUID().toString().substring(0, 13);
    private final AtomicLong counter = new AtomicLong();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private volatile boolean listening;
    private volatile boolean stopped;
    private volatile @Nullable Consumer<String, byte[]> consumer;

    private record Waiting(CompletableFuture<VerdictReply> reply, long since) {}

    VerdictReplies(
            KafkaConnections connections,
            ClusterConfig cluster,
            @ConfigProperty(name = "gatehouse.reply-partition") OptionalInt partition) {
        this.connections = connections;
        this.topic = Topics.VERDICT_REPLIES.name(cluster.topicPrefix());
        this.reader = Topics.VERDICT_REPLIES.readers().contains(cluster.service());
        this.partition =
                partition.orElseGet(() -> ThreadLocalRandom.current().nextInt(Topics.VERDICT_REPLIES.partitions()));
    }

    /** An address to be put into a record, for which {@link #await} can then wait. */
    public ReplyTo register() {
        ReplyTo address = new ReplyTo(partition, instance + "-" + counter.incrementAndGet());
        waiting.put(address.correlation(), new Waiting(new CompletableFuture<>(), System.nanoTime()));
        return address;
    }

    /**
     * The verdict sent to that address, once.
     *
     * @return fails with {@link io.smallrye.mutiny.TimeoutException} if none comes in time
     */
    public Uni<VerdictReply> await(ReplyTo address, Duration limit) {
        Waiting registered = waiting.get(address.correlation());
        if (registered == null) {
            return Uni.createFrom().failure(new IllegalStateException("nobody registered " + address));
        }
        Executor back = callersContext();
        return Uni.createFrom()
                .completionStage(registered.reply())
                .ifNoItem()
                .after(limit)
                .fail()
                .onTermination()
                .invoke(() -> waiting.remove(address.correlation()))
                .emitOn(back);
    }

    /** Gives an address up whose record was not published. */
    public void forget(ReplyTo address) {
        waiting.remove(address.correlation());
    }

    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null
                ? Infrastructure.getDefaultExecutor()
                : task -> context.runOnContext(ignored -> task.run());
    }

    void start(@Observes StartupEvent event) {
        if (reader) {
            Thread thread = new Thread(this::listen, "verdict-replies");
            thread.setDaemon(true);
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        Consumer<String, byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    private void listen() {
        while (!stopped) {
            try (Consumer<String, byte[]> fresh = connections.reader()) {
                consumer = fresh;
                poll(fresh);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("stops listening for verdicts");
            } catch (KafkaException e) {
                listening = false;
                LOG.warnf("verdicts cannot be heard, will try again: %s", e.getMessage());
                pause();
            }
        }
    }

    private void poll(Consumer<String, byte[]> fresh) {
        TopicPartition own = new TopicPartition(topic, partition);
        fresh.assign(List.of(own));
        fresh.seekToEnd(List.of(own));
        long position = fresh.position(own);
        listening = true;
        LOG.infof("listens for verdicts on %s from %d", own, position);
        while (!stopped) {
            try {
                deliver(fresh.poll(POLL));
            } catch (OffsetOutOfRangeException e) {
                fresh.seekToEnd(List.of(own));
            }
            forgetTheOld();
        }
    }

    private void deliver(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            // The key is the correlation: replies to other instances on this partition are not even decoded.
            Waiting asked = record.key() == null ? null : waiting.get(record.key());
            if (asked == null) {
                continue;
            }
            try {
                asked.reply().complete(CODEC.decode(record.value()));
            } catch (UnreadableRecord e) {
                LOG.warnf("an unreadable verdict at %d: %s", record.offset(), e.getMessage());
            }
        }
    }

    private void forgetTheOld() {
        long oldest = System.nanoTime() - FORGET_AFTER.toNanos();
        waiting.values().removeIf(entry -> entry.since() < oldest);
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("verdict-replies")
                .status(!reader || listening)
                .withData("partition", partition)
                .build();
    }
}
