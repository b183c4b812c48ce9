package org.gatehouse.eventgraph.connect;

import jakarta.inject.Singleton;
import java.util.List;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.GraphWish;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.runtime.log.Outgoing;
import org.gatehouse.runtime.log.Publisher;

/** Publishes to pdu-connected, fetch-wanted and verdict-replies. */
@Singleton
public class KafkaOutbox implements Outbox {

    private static final RecordCodec<ConnectedRecord> CONNECTED = RecordCodec.of(ConnectedRecord.class);
    private static final RecordCodec<GraphWish> WISHES = RecordCodec.of(GraphWish.class);
    private static final RecordCodec<VerdictReply> REPLIES = RecordCodec.of(VerdictReply.class);

    private final Publisher publisher;

    public KafkaOutbox(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void publish(List<ClusterRecord> outputs) {
        if (!outputs.isEmpty()) {
            publisher.publishAllAndWait(
                    outputs.stream().map(KafkaOutbox::toOutgoing).toList());
        }
    }

    private static Outgoing toOutgoing(ClusterRecord output) {
        if (output instanceof ConnectedRecord connected) {
            return Outgoing.of(Topics.PDU_CONNECTED, connected.key(), CONNECTED.encode(connected));
        }
        if (output instanceof GraphWish wish) {
            return Outgoing.of(Topics.FETCH_WANTED, wish.key(), WISHES.encode(wish));
        }
        if (output instanceof VerdictReply reply) {
            return Outgoing.of(Topics.VERDICT_REPLIES, reply.replyTo().partition(), reply.key(), REPLIES.encode(reply));
        }
        throw new IllegalArgumentException("event-graph does not publish " + output.getClass());
    }
}
