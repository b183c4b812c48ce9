package org.gatehouse.runtime.log;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * A record as it was consumed.
 *
 * @param topic the name on the broker
 * @param key empty if the record has none
 * @param value not a copy; empty if the record has none
 * @param timestamp in milliseconds, given by the producer
 */
@SuppressWarnings("ArrayRecordComponent")
public record SourceRecord(String topic, int partition, long offset, String key, byte[] value, long timestamp) {

    private static final byte[] NOTHING = {};

    /** What a message of an {@code @Incoming} method of Kafka carries. */
    public static SourceRecord of(Message<byte[]> message) {
        IncomingKafkaRecordMetadata<?, ?> metadata = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalArgumentException("not a Kafka message"));
        Object key = metadata.getKey();
        byte[] value = message.getPayload();
        return new SourceRecord(
                metadata.getTopic(),
                metadata.getPartition(),
                metadata.getOffset(),
                key == null ? "" : key.toString(),
                value == null ? NOTHING : value,
                metadata.getTimestamp().toEpochMilli());
    }

    /** Topic, partition and offset, for logs. */
    public String position() {
        return topic + "/" + partition + "@" + offset;
    }
}
