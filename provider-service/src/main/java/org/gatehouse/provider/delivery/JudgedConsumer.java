package org.gatehouse.provider.delivery;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.provider.delivery.DeliverVerdict.JudgedAt;
import org.gatehouse.runtime.log.Quarantine;
import org.gatehouse.runtime.log.RecordBatches;
import org.gatehouse.runtime.log.RecordIntake;
import org.gatehouse.runtime.log.RecordIntakes;
import org.gatehouse.runtime.log.SourceRecord;

/**
 * Reads pdu-judged, each partition strictly in order, what has accumulated of it at once: a sync token names an offset of each partition, and everything up
 * to it must have been delivered.
 */
@ApplicationScoped
public class JudgedConsumer {

    private static final int PARTITIONS_AT_ONCE = 8;
    private static final int MAX_IN_FLIGHT = 512;
    private static final int MOST_IN_BATCH = 256;
    private static final RecordCodec<JudgedRecord> CODEC = RecordCodec.of(JudgedRecord.class);

    private final RecordIntake intake;
    private final RecordBatches batches;
    private final DeliverVerdict deliver;
    private final AnnounceDelivery announce;
    private final Quarantine quarantine;

    JudgedConsumer(RecordIntakes intakes, DeliverVerdict deliver, AnnounceDelivery announce, Quarantine quarantine) {
        this.intake = intakes.open("pdu-judged", PARTITIONS_AT_ONCE, MAX_IN_FLIGHT);
        this.batches = new RecordBatches(MOST_IN_BATCH, this::work);
        this.deliver = deliver;
        this.announce = announce;
        this.quarantine = quarantine;
    }

    @Incoming("pdu-judged")
    Uni<Void> accept(Message<byte[]> message) {
        SourceRecord record = SourceRecord.of(message);
        String partition = "partition-" + record.partition();
        RecordBatches.Ticket ticket = batches.add(partition, record);
        return intake.accept(message, partition, same -> batches.work(ticket));
    }

    private void work(List<SourceRecord> records) {
        List<JudgedAt> readable = new ArrayList<>(records.size());
        for (SourceRecord record : records) {
            try {
                readable.add(
                        new JudgedAt(new Place(record.partition(), record.offset()), CODEC.decode(record.value())));
            } catch (UnreadableRecord e) {
                quarantine.put(record, e.toString());
            }
        }
        if (!readable.isEmpty()) {
            announce.announce(deliver.deliver(readable));
        }
    }
}
