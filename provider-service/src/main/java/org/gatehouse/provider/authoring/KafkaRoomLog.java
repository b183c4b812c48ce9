package org.gatehouse.provider.authoring;

import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.log.Publisher;

/** Topic pdu-received. */
@ApplicationScoped
class KafkaRoomLog implements RoomLog {

    private static final RecordCodec<ReceivedRecord> CODEC = RecordCodec.of(ReceivedRecord.class);

    private final Publisher publisher;

    KafkaRoomLog(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void append(ReceivedRecord entry) {
        publisher.publishAndWait(Topics.PDU_RECEIVED, entry.key(), CODEC.encode(entry));
    }
}
