package org.gatehouse.ingress.pdulog;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.ingress.admission.BackPressure;
import org.gatehouse.ingress.admission.RequestAtHand;
import org.gatehouse.runtime.log.Published;
import org.gatehouse.runtime.log.Publisher;

/** Topic pdu-received. */
@ApplicationScoped
class KafkaPduLog implements PduLog {

    private static final RecordCodec<ReceivedRecord> CODEC = RecordCodec.of(ReceivedRecord.class);

    private final Publisher publisher;
    private final BackPressure backPressure;

    KafkaPduLog(Publisher publisher, BackPressure backPressure) {
        this.publisher = publisher;
        this.backPressure = backPressure;
    }

    @Override
    public Uni<Void> append(ReceivedRecord message) {
        return publisher
                .publish(Topics.PDU_RECEIVED, message.key(), CODEC.encode(traced(message)))
                .call(published -> holdBack(message, published))
                .replaceWithVoid();
    }

    private static ReceivedRecord traced(ReceivedRecord message) {
        if (message instanceof ReceivedRecord.Pushed pushed && pushed.trace().isEmpty()) {
            return new ReceivedRecord.Pushed(
                    pushed.roomId(),
                    pushed.roomVersion(),
                    pushed.eventId(),
                    pushed.origin(),
                    pushed.fanOut(),
                    pushed.replyTo(),
                    RequestAtHand.trace(),
                    pushed.pdu(),
                    pushed.policy());
        }
        return message;
    }

    /** Who waits for a verdict waits for the log's reader anyway. */
    private Uni<Void> holdBack(ReceivedRecord message, Published published) {
        return message instanceof ReceivedRecord.Pushed pushed
                        && pushed.replyTo().isEmpty()
                ? backPressure.holdBack(published.partition())
                : Uni.createFrom().voidItem();
    }
}
