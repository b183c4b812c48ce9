package org.gatehouse.runtime.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.gatehouse.cluster.EncodedRecord;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.crash.CrashPoint;
import org.gatehouse.runtime.crash.CrashPoints;
import org.gatehouse.runtime.trace.EventTraces;
import org.jspecify.annotations.Nullable;

/**
 * Publishes records. A {@link Published} means that all in-sync replicas have the record; {@link LogUnavailable} comes
 * within 5 s and leaves open whether they do. A service may publish only to the topics that name it as a producer.
 */
@Singleton
public class Publisher {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int LANES = 4;

    private final Supplier<Producer<byte[], byte[]>> connect;
    private final ClusterConfig cluster;
    private final EventTraces traces;
    private final String afterSend;
    // KafkaProducer.send may block for its max.block.ms: never on an event loop. One lane a key keeps the order.
    private final List<ExecutorService> lanes;
    private @Nullable Producer<byte[], byte[]> producer;

    @Inject
    Publisher(KafkaConnections connections, ClusterConfig cluster, EventTraces traces) {
        this(connections::producer, cluster, traces);
    }

    Publisher(Supplier<Producer<byte[], byte[]>> connect, ClusterConfig cluster) {
        this(connect, cluster, new EventTraces());
    }

    Publisher(Supplier<Producer<byte[], byte[]>> connect, ClusterConfig cluster, EventTraces traces) {
        this.connect = connect;
        this.cluster = cluster;
        this.traces = traces;
        this.afterSend = CrashPoints.afterSend(cluster.service());
        List<ExecutorService> threads = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            String name = "publisher-" + i;
            threads.add(Executors.newSingleThreadExecutor(task -> daemon(task, name)));
        }
        this.lanes = List.copyOf(threads);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Publishes one record; the key chooses the partition. */
    public Uni<Published> publish(Topics topic, String key, EncodedRecord message) {
        return publish(Outgoing.of(topic, key, message));
    }

    /** Publishes one record to a partition. */
    public Uni<Published> publish(Topics topic, int partition, String key, EncodedRecord message) {
        return publish(Outgoing.of(topic, partition, key, message));
    }

    public Uni<Published> publish(Outgoing record) {
        return publishAll(List.of(record)).map(all -> all.get(0));
    }

    /**
     * Publishes records in their order and waits for all acknowledgements. If it fails, some may lie in the log: the
     * caller does not act, and repeats all of them.
     */
    public Uni<List<Published>> publishAll(List<Outgoing> records) {
        if (records.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        records.forEach(this::requireProducer);
        Executor back = callersContext();
        return Uni.createFrom()
                .completionStage(() -> sendOnLane(records))
                .ifNoItem()
                .after(LIMIT)
                .failWith(() -> new LogUnavailable("Kafka did not acknowledge in " + LIMIT.toSeconds() + " s"))
                .onFailure(failure -> !(failure instanceof LogUnavailable))
                .transform(Publisher::unavailable)
                .emitOn(back);
    }

    /** {@link #publish(Topics, String, EncodedRecord)} for worker threads. */
    public Published publishAndWait(Topics topic, String key, EncodedRecord message) {
        return publishAllAndWait(List.of(Outgoing.of(topic, key, message))).get(0);
    }

    /** {@link #publish(Topics, int, String, EncodedRecord)} for worker threads. */
    public Published publishAndWait(Topics topic, int partition, String key, EncodedRecord message) {
        return publishAllAndWait(List.of(Outgoing.of(topic, partition, key, message)))
                .get(0);
    }

    /** {@link #publishAll(List)} for worker threads: sends on the caller's thread. */
    public List<Published> publishAllAndWait(List<Outgoing> records) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("publishAndWait on an event loop");
        }
        records.forEach(this::requireProducer);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            return send(records, deadline).get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new LogUnavailable("Kafka did not acknowledge in " + LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable("interrupted while publishing", e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the inner future is the one that is returned
    private CompletableFuture<List<Published>> sendOnLane(List<Outgoing> records) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        ExecutorService lane = lanes.get(Math.floorMod(records.get(0).key().hashCode(), LANES));
        return CompletableFuture.supplyAsync(() -> send(records, deadline), lane)
                .thenCompose(sent -> sent);
    }

    /** The records are handed to the producer one after another; at the first that is not taken the rest is not tried. */
    private CompletableFuture<List<Published>> send(List<Outgoing> records, long deadline) {
        List<CompletableFuture<Published>> sent = new ArrayList<>(records.size());
        for (Outgoing record : records) {
            if (System.nanoTime() > deadline) {
                return CompletableFuture.failedFuture(new LogUnavailable("Kafka takes no records"));
            }
            CompletableFuture<Published> one = send(record);
            if (one.isCompletedExceptionally()) {
                return one.thenApply(List::of);
            }
            sent.add(one);
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .thenApply(all -> sent.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<Published> send(Outgoing record) {
        CompletableFuture<Published> acknowledged = new CompletableFuture<>();
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                record.topic().name(cluster.topicPrefix()),
                record.partition().isPresent() ? record.partition().getAsInt() : null,
                record.keyBytes(),
                record.message().value());
        for (EncodedRecord.Header header : traces.with(record.message().headers())) {
            message.headers().add(header.name(), header.bytes());
        }
        try {
            Future<RecordMetadata> ignored = connected().send(message, (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.complete(new Published(metadata.partition(), metadata.offset()));
                } else {
                    acknowledged.completeExceptionally(
                            new LogUnavailable(message.topic() + ": " + failure.getMessage(), failure));
                }
            });
            CrashPoint.reach(afterSend);
        } catch (KafkaException | IllegalStateException e) {
            acknowledged.completeExceptionally(new LogUnavailable(message.topic() + ": " + e.getMessage(), e));
        }
        return acknowledged;
    }

    private synchronized Producer<byte[], byte[]> connected() {
        if (producer == null) {
            producer = connect.get();
        }
        return producer;
    }

    private void requireProducer(Outgoing record) {
        if (!record.topic().producers().contains(cluster.service())) {
            throw new IllegalArgumentException(
                    cluster.service() + " is no producer of " + record.topic().baseName());
        }
    }

    private static LogUnavailable unavailable(Throwable failure) {
        Throwable cause = failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return cause instanceof LogUnavailable known ? known : new LogUnavailable("Kafka: " + cause, cause);
    }

    /** Acknowledgements arrive on Kafka's network thread, which must not run what follows. */
    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null
                ? Infrastructure.getDefaultExecutor()
                : task -> context.runOnContext(ignored -> task.run());
    }

    @PreDestroy
    synchronized void close() {
        lanes.forEach(ExecutorService::shutdown);
        if (producer != null) {
            producer.close(LIMIT);
        }
    }
}
