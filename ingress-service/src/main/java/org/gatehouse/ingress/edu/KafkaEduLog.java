package org.gatehouse.ingress.edu;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.cluster.ReceivedEdu;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.log.Publisher;

/** Topic edu-received. */
@ApplicationScoped
class KafkaEduLog implements EduLog {

    private static final RecordCodec<ReceivedEdu> CODEC = RecordCodec.of(ReceivedEdu.class);

    private final Publisher publisher;

    KafkaEduLog(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Uni<Void> append(ReceivedEdu edu) {
        return publisher
                .publish(Topics.EDU_RECEIVED, edu.key(), CODEC.encode(edu))
                .replaceWithVoid();
    }
}
