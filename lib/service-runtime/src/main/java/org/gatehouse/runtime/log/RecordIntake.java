package org.gatehouse.runtime.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.runtime.health.WorkHealth;
import org.gatehouse.runtime.trace.EventTraces;
import org.gatehouse.runtime.trace.TraceInLogs;
import org.gatehouse.runtime.trace.TraceParent;
import org.jboss.logging.Logger;

/**
 * How a consumer works its topic: one record after another in a room, rooms side by side, each acknowledged when its
 * work is done. A failure of Cassandra, Kafka or another service is waited out in place; a record that cannot be worked
 * goes to quarantine.
 *
 * <pre>
 *   &#64;Incoming("pdu-received")
 *   Uni&lt;Void&gt; receive(Message&lt;byte[]&gt; message) {
 *       return intake.accept(message, this::work);
 *   }
 * </pre>
 */
public final class RecordIntake implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RecordIntake.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** The work for one record, on a worker thread. It may be run again, and must then come to the same end. */
    @FunctionalInterface
    public interface RecordWork {
        void work(SourceRecord record) throws Exception;
    }

    private final String name;
    private final RoomExecutors executors;
    private final Quarantine quarantine;
    private final WorkHealth health;
    private final EventTraces traces;
    private volatile boolean closing;

    RecordIntake(String name, RoomExecutors executors, Quarantine quarantine, WorkHealth health) {
        this(name, executors, quarantine, health, new EventTraces());
    }

    RecordIntake(String name, RoomExecutors executors, Quarantine quarantine, WorkHealth health, EventTraces traces) {
        this.name = name;
        this.executors = executors;
        this.quarantine = quarantine;
        this.health = health;
        this.traces = traces;
    }

    /**
     * Queues the work for a record under the record's key. The Uni completes when another record may come; the message
     * is acknowledged later, when the work is done.
     */
    public Uni<Void> accept(Message<byte[]> message, RecordWork work) {
        SourceRecord record = SourceRecord.of(message);
        return accept(message, record, record.key(), work);
    }

    /** As {@link #accept(Message, RecordWork)}, in the order of another key than the record's. */
    public Uni<Void> accept(Message<byte[]> message, String key, RecordWork work) {
        return accept(message, SourceRecord.of(message), key, work);
    }

    private Uni<Void> accept(Message<byte[]> message, SourceRecord record, String key, RecordWork work) {
        Optional<String> trace = header(message, TraceParent.HEADER);
        traces.saw(header(message, "event-id"), trace);
        return executors.accept(key, () -> {
            TraceInLogs.begin(TraceParent.tryParse(trace.orElse(null)));
            try {
                workAndAcknowledge(message, record, work);
            } finally {
                TraceInLogs.end();
            }
        });
    }

    private static Optional<String> header(Message<byte[]> message, String name) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(metadata -> metadata.getHeaders().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    private void workAndAcknowledge(Message<byte[]> message, SourceRecord record, RecordWork work)
            throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        boolean held = false;
        while (!workOnce(record, work)) {
            held = true;
            if (closing) {
                LOG.infof("%s leaves %s to whoever takes the partition over", name, record.position());
                return;
            }
            Thread.sleep(pause.toMillis());
            pause = longer(pause);
        }
        if (held) {
            LOG.infof("%s goes on after %s", name, record.position());
            health.released(name, record.key());
        }
        message.ack().exceptionally(failure -> notAcknowledged(record, failure));
    }

    /** Whether the record is done with, be it in quarantine. */
    private boolean workOnce(SourceRecord record, RecordWork work) throws InterruptedException {
        try {
            work.work(record);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable failure) {
            return InfrastructureFailure.is(failure) ? wait(record, failure) : putAside(record, failure);
        }
    }

    private boolean wait(SourceRecord record, Throwable failure) {
        LOG.warnf("%s is held up at %s, will try again: %s", name, record.position(), failure);
        health.held(name, record.key(), String.valueOf(failure.getMessage()));
        return false;
    }

    private boolean putAside(SourceRecord record, Throwable failure) {
        LOG.errorf(failure, "%s cannot work %s", name, record.position());
        try {
            quarantine.put(record, failure.toString());
            return true;
        } catch (LogUnavailable e) {
            return wait(record, e);
        }
    }

    private Void notAcknowledged(SourceRecord record, Throwable failure) {
        // The record comes again, to us or to another owner, and is then a repeat.
        LOG.warnf("%s could not acknowledge %s: %s", name, record.position(), failure.getMessage());
        return null;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    /** Records that wait or are being worked. */
    public int inFlight() {
        return executors.inFlight();
    }

    @Override
    public void close() {
        closing = true;
        executors.close();
    }
}
