package org.gatehouse.provider.push;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.delivery.Watermarks;
import org.jboss.logging.Logger;

/**
 * What a worker does with the records of a partition: wait until they are delivered, so that it is known whom they
 * concern, cut them into transactions of bounded size, and push. Failures of what is around are waited out.
 */
@ApplicationScoped
class PartitionWork implements FeedWork {

    private static final Logger LOG = Logger.getLogger(PartitionWork.class);
    private static final Duration DELIVERY_POLL = Duration.ofMillis(20);
    private static final int MAX_BYTES = 512 * 1024;
    private static final RecordCodec<JudgedRecord> CODEC = RecordCodec.of(JudgedRecord.class);

    private final PushTransactions push;
    private final Watermarks watermarks;
    private final Pause pause;
    private final WaitOut waitOut;

    PartitionWork(PushTransactions push, Watermarks watermarks, Pause pause, WaitOut waitOut) {
        this.push = push;
        this.watermarks = watermarks;
        this.pause = pause;
        this.waitOut = waitOut;
    }

    @Override
    public Topics topic() {
        return Topics.PDU_JUDGED;
    }

    @Override
    public String groupSuffix() {
        return "";
    }

    @Override
    public boolean isFor(AppService service) {
        return true;
    }

    @Override
    public long resume(AppService service, int partition, long position) throws InterruptedException {
        return waitOut.failuresOf(service, () -> push.resume(service, partition, position));
    }

    @Override
    public long push(AppService service, int partition, List<ConsumerRecord<String, byte[]>> records)
            throws InterruptedException {
        long next = records.get(records.size() - 1).offset() + 1;
        for (List<PushTransactions.Feed> feed : cut(records)) {
            long last = feed.get(feed.size() - 1).offset();
            while (watermarks.at(partition) < last) {
                pause.sleep(DELIVERY_POLL);
            }
            waitOut.failuresOf(service, () -> push.push(service, partition, feed));
        }
        return next;
    }

    private static List<List<PushTransactions.Feed>> cut(List<ConsumerRecord<String, byte[]>> records) {
        List<List<PushTransactions.Feed>> cuts = new ArrayList<>();
        List<PushTransactions.Feed> current = new ArrayList<>();
        int bytes = 0;
        for (ConsumerRecord<String, byte[]> message : records) {
            JudgedRecord verdict = decode(message);
            if (verdict == null) {
                continue;
            }
            current.add(new PushTransactions.Feed(message.offset(), verdict));
            bytes += message.value().length;
            if (bytes >= MAX_BYTES) {
                cuts.add(current);
                current = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!current.isEmpty()) {
            cuts.add(current);
        }
        return cuts;
    }

    /** Delivery has put an unreadable record into quarantine; here it concerns nobody. */
    private static @org.jspecify.annotations.Nullable JudgedRecord decode(ConsumerRecord<String, byte[]> message) {
        try {
            return CODEC.decode(message.value());
        } catch (UnreadableRecord e) {
            LOG.warnf("an unreadable verdict at %d: %s", message.offset(), e.getMessage());
            return null;
        }
    }
}
