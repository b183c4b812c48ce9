package org.gatehouse.egress.delivery;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.cluster.OutboundPdu;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.runtime.log.Quarantine;
import org.gatehouse.runtime.log.RoomExecutors;
import org.gatehouse.runtime.log.SourceRecord;
import org.gatehouse.runtime.log.ThrowingRunnable;
import org.jboss.logging.Logger;

/**
 * Reads the topic outbound in order. A record is acknowledged not when it has been read but when its event is safe for
 * each destination; that may be long after its successors'.
 */
@ApplicationScoped
class OutboundConsumer {

    private static final Logger LOG = Logger.getLogger(OutboundConsumer.class);
    private static final RecordCodec<OutboundPdu> CODEC = RecordCodec.of(OutboundPdu.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int THREADS = 4;
    private static final int MAX_IN_FLIGHT = 500;

    private final RoomExecutors executors = new RoomExecutors("outbound", THREADS, MAX_IN_FLIGHT);
    private final Deliveries deliveries;
    private final Quarantine quarantine;
    private volatile boolean closing;

    OutboundConsumer(Deliveries deliveries, Quarantine quarantine) {
        this.deliveries = deliveries;
        this.quarantine = quarantine;
    }

    @Incoming("outbound")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    public Uni<Void> receive(Message<byte[]> message) {
        SourceRecord record = SourceRecord.of(message);
        return executors.accept(
                Integer.toString(record.partition()), () -> untilDone(() -> work(record, message), record.position()));
    }

    /** The shard is this instance's: its destinations go on where they stood, even if no record comes. */
    void takeOver(int shard) {
        deliveries.assigned(shard);
        Uni<Void> queued =
                executors.run(Integer.toString(shard), () -> untilDone(() -> deliveries.own(shard), "shard " + shard));
        LOG.debugf("shard %d taken over: %s", shard, queued);
    }

    void giveAway(int shard) {
        deliveries.revoked(shard);
    }

    private void work(SourceRecord record, Message<byte[]> message) {
        try {
            OutboundPdu pdu = CODEC.decode(record.value());
            deliveries.accept(record.partition(), record.offset(), pdu, () -> acknowledge(message, record));
        } catch (UnreadableRecord e) {
            quarantine.put(record, String.valueOf(e.getMessage()));
            acknowledge(message, record);
        }
    }

    private static void acknowledge(Message<byte[]> message, SourceRecord record) {
        message.ack().exceptionally(failure -> {
            // The record comes again, to us or to another owner, and the cursors know it.
            LOG.warnf("could not acknowledge %s: %s", record.position(), failure.getMessage());
            return null;
        });
    }

    /** What fails here is Cassandra or Kafka, which come back. */
    private void untilDone(ThrowingRunnable work, String what) throws Exception {
        while (!closing) {
            try {
                work.run();
                return;
            } catch (RuntimeException e) {
                LOG.warnf("outbound is held up at %s, will try again: %s", what, e);
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    void stop(@Observes ShutdownEvent event) {
        closing = true;
        executors.close();
    }
}
