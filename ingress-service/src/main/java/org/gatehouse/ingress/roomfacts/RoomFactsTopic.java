package org.gatehouse.ingress.roomfacts;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads room-facts from its beginning on a thread of its own, and keeps the newest facts of each room.
 *
 * <p>A look-up that finds nothing becomes a fence: the thread asks the broker for the ends of all partitions, once for
 * all fences that wait, and answers them when it has read that far.
 */
@ApplicationScoped
class RoomFactsTopic implements RoomFactsView {

    private static final Logger LOG = Logger.getLogger(RoomFactsTopic.class);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Map<RoomId, KnownRoom> rooms = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<CompletableFuture<Void>> fences = new ConcurrentLinkedQueue<>();
    private final RecordCodec<RoomFacts> codec = RecordCodec.of(RoomFacts.class);
    private final Map<String, Object> kafka;
    private final String topic;
    private final Thread reader;

    private volatile boolean caughtUp;
    private volatile boolean stopped;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> reading;

    RoomFactsTopic(@Identifier("default-kafka-broker") Map<String, Object> kafka, ClusterConfig cluster) {
        this.kafka = kafka;
        this.topic = Topics.ROOM_FACTS.name(cluster.topicPrefix());
        this.reader = new Thread(this::readUntilStopped, "room-facts");
        this.reader.setDaemon(true);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        KafkaConsumer<byte[], byte[]> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    /** Whether everything that was in the topic at the start has been read. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    @Override
    public Uni<Optional<KnownRoom>> of(RoomId roomId) {
        KnownRoom known = rooms.get(roomId);
        if (known != null) {
            return Uni.createFrom().item(Optional.of(known));
        }
        CompletableFuture<Void> fence = new CompletableFuture<>();
        fences.add(fence);
        return Uni.createFrom().completionStage(fence).map(passed -> Optional.ofNullable(rooms.get(roomId)));
    }

    private void readUntilStopped() {
        while (!stopped) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(consumerConfig(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                reading = consumer;
                read(consumer);
            } catch (WakeupException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("room facts cannot be read, again in %d s: %s", RETRY.toSeconds(), e.getMessage());
                pause();
            }
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        List<Fence> waiting = new ArrayList<>();
        waiting.add(fence(consumer, partitions, List.of()));
        while (!stopped) {
            consumer.poll(POLL).forEach(this::apply);
            List<CompletableFuture<Void>> asked = drainFences();
            if (!asked.isEmpty()) {
                waiting.add(fence(consumer, partitions, asked));
            }
            waiting.removeIf(fence -> fence.passed(consumer));
        }
    }

    private List<CompletableFuture<Void>> drainFences() {
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        for (CompletableFuture<Void> next = fences.poll(); next != null; next = fences.poll()) {
            asked.add(next);
        }
        return asked;
    }

    private Fence fence(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            List<CompletableFuture<Void>> asked) {
        return new Fence(consumer.endOffsets(partitions), asked, () -> caughtUp = true);
    }

    private void apply(ConsumerRecord<byte[], byte[]> message) {
        try {
            RoomId roomId = new RoomId(new String(message.key(), java.nio.charset.StandardCharsets.UTF_8));
            if (message.value() == null) {
                rooms.remove(roomId);
            } else {
                rooms.put(roomId, KnownRoom.of(codec.decode(message.value())));
            }
        } catch (UnreadableRecord | IllegalArgumentException e) {
            LOG.errorf("unreadable room facts at %d of %s: %s", message.offset(), topic, e.getMessage());
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    private Properties consumerConfig() {
        Properties config = new Properties();
        config.putAll(kafka);
        config.keySet().retainAll(ConsumerConfig.configNames());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
        return config;
    }

    /** Ends of the topic's partitions that must be read before the askers get an answer. */
    private record Fence(Map<TopicPartition, Long> ends, List<CompletableFuture<Void>> askers, Runnable whenPassed) {

        boolean passed(KafkaConsumer<byte[], byte[]> consumer) {
            boolean read = ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            if (read) {
                whenPassed.run();
                askers.forEach(asker -> asker.complete(null));
            }
            return read;
        }
    }
}
