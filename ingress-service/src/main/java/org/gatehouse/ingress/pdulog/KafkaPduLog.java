package org.gatehouse.ingress.pdulog;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.log.Publisher;

/** Topic pdu-received. */
@ApplicationScoped
class KafkaPduLog implements PduLog {

    private static final RecordCodec<ReceivedRecord> CODEC = RecordCodec.of(ReceivedRecord.class);

    private final Publisher publisher;

    KafkaPduLog(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Uni<Void> append(ReceivedRecord message) {
        return publisher
                .publish(Topics.PDU_RECEIVED, message.key(), CODEC.encode(message))
                .replaceWithVoid();
    }
}
