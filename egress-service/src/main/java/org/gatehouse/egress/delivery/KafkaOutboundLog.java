package org.gatehouse.egress.delivery;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.gatehouse.cluster.OutboundPdu;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.log.LogUnavailable;

/** Reads the topic outside of any group. */
@Singleton
class KafkaOutboundLog implements OutboundLog {

    private static final RecordCodec<OutboundPdu> CODEC = RecordCodec.of(OutboundPdu.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long LONGEST_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long MOST_BYTES = 8L << 20;

    private final Map<String, Object> settings;
    private final String topic;

    KafkaOutboundLog(@Identifier("default-kafka-broker") Map<String, Object> broker, ClusterConfig cluster) {
        this.settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.topic = Topics.OUTBOUND.name(cluster.topicPrefix());
    }

    @Override
    public Stretch read(int shard, long from, DestinationId id, int mostEvents) {
        TopicPartition partition = new TopicPartition(topic, shard);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long oldest = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long next = Math.max(from, oldest);
            consumer.seek(partition, next);
            return read(consumer, partition, id, next, end, mostEvents);
        } catch (KafkaException e) {
            throw new LogUnavailable(topic + ": " + e.getMessage(), e);
        }
    }

    private static Stretch read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            DestinationId id,
            long from,
            long end,
            int mostEvents) {
        List<LoggedPdu> events = new ArrayList<>();
        long next = from;
        long bytes = 0;
        long started = System.nanoTime();
        while (next < end && System.nanoTime() - started < LONGEST_NANOS) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                if (isFor(record.value(), id)) {
                    LoggedPdu event = new LoggedPdu(
                            record.offset(), CODEC.decode(record.value()).pdu().canonical());
                    events.add(event);
                    bytes += event.pdu().length;
                }
                next = record.offset() + 1;
                if (events.size() >= mostEvents || bytes >= MOST_BYTES) {
                    return new Stretch(events, next, false);
                }
            }
            next = Math.max(next, consumer.position(partition));
        }
        return new Stretch(events, next, next >= end);
    }

    /** A record that cannot be read went to quarantine when it came first. */
    private static boolean isFor(byte[] value, DestinationId id) {
        try {
            OutboundPdu pdu = CODEC.decode(value);
            return pdu.origin().equals(id.origin()) && pdu.destinations().contains(id.destination());
        } catch (UnreadableRecord e) {
            return false;
        }
    }
}
