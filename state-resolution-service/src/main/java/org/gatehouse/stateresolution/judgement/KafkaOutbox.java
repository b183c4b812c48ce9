package org.gatehouse.stateresolution.judgement;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.RoomFacts;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.runtime.log.Outgoing;
import org.gatehouse.runtime.log.Publisher;

/** Publishes to pdu-judged, room-facts and verdict-replies. For worker threads. */
@ApplicationScoped
class KafkaOutbox implements Outbox {

    private static final RecordCodec<JudgedRecord> JUDGED = RecordCodec.of(JudgedRecord.class);
    private static final RecordCodec<RoomFacts> FACTS = RecordCodec.of(RoomFacts.class);
    private static final RecordCodec<VerdictReply> REPLY = RecordCodec.of(VerdictReply.class);

    private final Publisher publisher;

    KafkaOutbox(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void publish(List<ClusterRecord> outputs) {
        if (!outputs.isEmpty()) {
            publisher.publishAllAndWait(
                    outputs.stream().map(KafkaOutbox::outgoing).toList());
        }
    }

    private static Outgoing outgoing(ClusterRecord output) {
        if (output instanceof JudgedRecord judged) {
            return Outgoing.of(Topics.PDU_JUDGED, judged.key(), JUDGED.encode(judged));
        }
        if (output instanceof RoomFacts facts) {
            return Outgoing.of(Topics.ROOM_FACTS, facts.key(), FACTS.encode(facts));
        }
        VerdictReply reply = (VerdictReply) output;
        return Outgoing.of(Topics.VERDICT_REPLIES, reply.replyTo().partition(), reply.key(), REPLY.encode(reply));
    }
}
