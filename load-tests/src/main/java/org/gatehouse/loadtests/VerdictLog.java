package org.gatehouse.loadtests;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.gatehouse.cluster.Topics;
import org.gatehouse.local.Cluster;
import org.gatehouse.matrix.identifier.EventId;

/** Follows the cluster's pdu-judged from where it is opened, and keeps the verdict of every event. */
final class VerdictLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, String> verdicts = new ConcurrentHashMap<>();
    private final Thread reader = new Thread(this::read, "verdicts");
    private volatile boolean closed;

    VerdictLog(Cluster cluster) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                cluster.plan().kafka(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        String topic = Topics.PDU_JUDGED.name(cluster.plan().topicPrefix());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        reader.start();
    }

    /**
     * Waits for the verdicts of these events.
     *
     * @return how many events got which verdict
     * @throws IllegalStateException if some have none when {@code limit} is over
     */
    Map<String, Integer> await(Collection<EventId> events, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (EventId event : events) {
            while (!verdicts.containsKey(event.toString())) {
                if (System.nanoTime() > deadline || !reader.isAlive()) {
                    long missing = events.stream()
                            .filter(id -> !verdicts.containsKey(id.toString()))
                            .count();
                    throw new IllegalStateException("%d of %d events have no verdict after %d s"
                            .formatted(missing, events.size(), limit.toSeconds()));
                }
                LockSupport.parkNanos(1_000_000);
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("interrupted");
                }
            }
        }
        Map<String, Integer> counts = new TreeMap<>();
        events.forEach(event -> counts.merge(verdicts.getOrDefault(event.toString(), "none"), 1, Integer::sum));
        return counts;
    }

    private void read() {
        while (!closed) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                Header event = message.headers().lastHeader("event-id");
                Header verdict = message.headers().lastHeader("verdict");
                if (event != null && verdict != null) {
                    verdicts.put(text(event), text(verdict));
                }
            }
        }
        consumer.close();
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
