package org.gatehouse.runtime.log;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jspecify.annotations.Nullable;

/** Reads a range of pdu-bulk by its offsets, without a group. For worker threads. */
@Singleton
public class BulkReader {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final RecordCodec<BulkRecord> CODEC = RecordCodec.of(BulkRecord.class);

    private final Supplier<Consumer<String, byte[]>> connect;
    private final ClusterConfig cluster;

    @Inject
    BulkReader(KafkaConnections connections, ClusterConfig cluster) {
        this(connections::reader, cluster);
    }

    BulkReader(Supplier<Consumer<String, byte[]>> connect, ClusterConfig cluster) {
        this.connect = connect;
        this.cluster = cluster;
    }

    /**
     * The records of a range, in their order. Close the stream. Each run gives the same records.
     *
     * <p>The stream throws {@link LogUnavailable} if Kafka does not give them, {@link UnreadableRecord} if the range
     * does not hold as many as it says.
     */
    public Stream<BulkRecord> read(BulkRange range) {
        if (range.count() == 0) {
            return Stream.empty();
        }
        Records records = new Records(range, connect.get(), Topics.PDU_BULK.name(cluster.topicPrefix()));
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(records, traits), false)
                .onClose(records::close);
    }

    /** All records of a range at once. */
    public List<BulkRecord> readAll(BulkRange range) {
        try (Stream<BulkRecord> records = read(range)) {
            return records.toList();
        }
    }

    private static final class Records implements Iterator<BulkRecord> {

        private final BulkRange range;
        private final Consumer<String, byte[]> consumer;
        private final TopicPartition partition;
        private final Deque<BulkRecord> next = new ArrayDeque<>();
        private boolean positioned;
        private boolean complete;
        private int found;

        Records(BulkRange range, Consumer<String, byte[]> consumer, String topic) {
            this.range = range;
            this.consumer = consumer;
            this.partition = new TopicPartition(topic, range.partition());
        }

        @Override
        public boolean hasNext() {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (next.isEmpty() && !complete) {
                if (System.nanoTime() > deadline) {
                    throw new LogUnavailable("Kafka does not give " + range + " of " + partition.topic());
                }
                if (fetch()) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                }
            }
            return !next.isEmpty();
        }

        @Override
        public BulkRecord next() {
            @Nullable BulkRecord record = hasNext() ? next.poll() : null;
            if (record == null) {
                throw new NoSuchElementException();
            }
            return record;
        }

        /** Whether anything came. */
        private boolean fetch() {
            try {
                seekOnce();
                boolean any = false;
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL).records(partition)) {
                    any = true;
                    take(record);
                }
                if (consumer.position(partition) > range.lastOffset()) {
                    finish();
                }
                return any;
            } catch (OffsetOutOfRangeException e) {
                throw new UnreadableRecord(range + " of " + partition.topic() + " is gone", e);
            } catch (KafkaException e) {
                throw new LogUnavailable("Kafka does not give " + range + ": " + e.getMessage(), e);
            }
        }

        private void seekOnce() {
            if (!positioned) {
                consumer.assign(List.of(partition));
                consumer.seek(partition, range.firstOffset());
                positioned = true;
            }
        }

        private void take(ConsumerRecord<String, byte[]> record) {
            if (record.offset() > range.lastOffset() || complete) {
                return;
            }
            BulkRecord bulk = CODEC.decode(record.value());
            if (bulk.bulkId().equals(range.bulkId())) {
                next.add(bulk);
                found++;
            }
        }

        private void finish() {
            complete = true;
            if (found != range.count()) {
                throw new UnreadableRecord(range + " of " + partition.topic() + " holds " + found + " records");
            }
        }

        void close() {
            consumer.close();
        }
    }
}
