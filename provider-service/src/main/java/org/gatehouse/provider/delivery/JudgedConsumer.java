package org.gatehouse.provider.delivery;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.runtime.log.RecordIntake;
import org.gatehouse.runtime.log.RecordIntakes;
import org.gatehouse.runtime.log.SourceRecord;

/**
 * Reads pdu-judged, each partition strictly in order: a sync token names an offset of each partition, and everything up
 * to it must have been delivered.
 */
@ApplicationScoped
public class JudgedConsumer {

    private static final int PARTITIONS_AT_ONCE = 8;
    private static final int MAX_IN_FLIGHT = 512;
    private static final RecordCodec<JudgedRecord> CODEC = RecordCodec.of(JudgedRecord.class);

    private final RecordIntake intake;
    private final DeliverVerdict deliver;
    private final AnnounceDelivery announce;

    JudgedConsumer(RecordIntakes intakes, DeliverVerdict deliver, AnnounceDelivery announce) {
        this.intake = intakes.open("pdu-judged", PARTITIONS_AT_ONCE, MAX_IN_FLIGHT);
        this.deliver = deliver;
        this.announce = announce;
    }

    @Incoming("pdu-judged")
    Uni<Void> accept(Message<byte[]> message) {
        SourceRecord record = SourceRecord.of(message);
        return intake.accept(message, "partition-" + record.partition(), this::work);
    }

    private void work(SourceRecord record) {
        Place place = new Place(record.partition(), record.offset());
        announce.announce(deliver.deliver(place, CODEC.decode(record.value())));
    }
}
