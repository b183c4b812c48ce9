package org.gatehouse.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BulkReaderTest {

    private static final TopicPartition PARTITION = new TopicPartition("local.pdu-bulk", 3);

    private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("none");
    private final BulkReader reader = new BulkReader(() -> kafka, PublisherTest.cluster("event-graph"));

    @Test
    void readsARangeAndNothingBesideIt() {
        kafka.updateEndOffsets(Map.of(PARTITION, 8L));
        kafka.schedulePollTask(() -> {
            add(2, "earlier", "$x");
            add(3, "mine", "$a");
            add(4, "other", "$b");
            add(5, "mine", "$c");
            add(6, "mine", "$d");
            add(7, "mine", "$late");
        });

        List<BulkRecord> records = reader.readAll(new BulkRange("mine", 3, 3, 6, 3));

        assertThat(records).extracting(record -> record.eventId().value()).containsExactly("$a", "$c", "$d");
        assertThat(records.get(0).pdu()).contains(new PduBytes("{}".getBytes(StandardCharsets.UTF_8)));
        assertThat(kafka.closed()).isTrue();
    }

    @Test
    void refusesARangeThatHoldsLessThanItSays() {
        kafka.schedulePollTask(() -> {
            add(3, "mine", "$a");
            add(4, "other", "$b");
        });

        assertThatThrownBy(() -> reader.readAll(new BulkRange("mine", 3, 3, 4, 2)))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessageContaining("holds 1 records");
        assertThat(kafka.closed()).isTrue();
    }

    @Test
    void readsAnEmptyRangeWithoutAsking() {
        assertThat(reader.readAll(new BulkRange("none", 0, 0, 0, 0))).isEmpty();
        assertThat(kafka.closed()).isFalse();
    }

    private void add(long offset, String bulkId, String eventId) {
        BulkRecord record = new BulkRecord(
                bulkId,
                new RoomId("!room:one.example"),
                "11",
                BulkRecord.Role.STATE,
                new EventId(eventId),
                Optional.of(new PduBytes("{}".getBytes(StandardCharsets.UTF_8))));
        byte[] value = RecordCodec.of(BulkRecord.class).encode(record).value();
        if (offset >= kafka.position(PARTITION)) {
            kafka.addRecord(
                    new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, record.key(), value));
        }
    }
}
