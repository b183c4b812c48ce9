package org.gatehouse.egress.fanout;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.cluster.ConnectedRecord.Source;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.JudgedRecord.Judged;
import org.gatehouse.cluster.OutboundPdu;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.egress.config.EgressConfig;
import org.gatehouse.egress.fetch.OurNames;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.log.Outgoing;
import org.gatehouse.runtime.log.Publisher;
import org.gatehouse.runtime.log.RecordIntake;
import org.gatehouse.runtime.log.RecordIntakes;
import org.gatehouse.runtime.log.SourceRecord;

/** Reads verdicts, and queues what goes out. */
@ApplicationScoped
class JudgedConsumer {

    private static final RecordCodec<JudgedRecord> JUDGED = RecordCodec.of(JudgedRecord.class);
    private static final RecordCodec<OutboundPdu> OUTBOUND = RecordCodec.of(OutboundPdu.class);
    private static final int THREADS = 4;
    private static final int MAX_IN_FLIGHT = 512;

    private final RecordIntake intake;
    private final FanOut fanOut;
    private final Publisher publisher;
    private final OurNames ourNames;

    JudgedConsumer(
            RecordIntakes intakes, ClusterConfig cluster, EgressConfig config, Publisher publisher, OurNames ourNames) {
        this.intake = intakes.open("fan-out", THREADS, MAX_IN_FLIGHT);
        this.fanOut = new FanOut(cluster::hosts, config.shards());
        this.publisher = publisher;
        this.ourNames = ourNames;
    }

    @Incoming("pdu-judged")
    public Uni<Void> receive(Message<byte[]> message) {
        return intake.accept(message, this::work);
    }

    /** Who of ours is in the room, for those who fetch. */
    private void noteOurName(Judged judged) {
        boolean byUs = judged.source() == Source.MADE || judged.source() == Source.JOINED;
        if (byUs && judged.verdict() == Verdict.ACCEPTED) {
            Pdu event = StoredPdus.read(
                    RoomVersions.require(judged.roomVersion()),
                    judged.eventId(),
                    judged.pdu().canonical());
            ourNames.isThere(judged.roomId(), event.sender().serverName());
        }
    }

    private void work(SourceRecord record) {
        if (JUDGED.decode(record.value()) instanceof Judged judged) {
            noteOurName(judged);
            List<Outgoing> records = fanOut.of(judged).stream()
                    .map(pdu -> Outgoing.of(Topics.OUTBOUND, pdu.shard(), pdu.key(), OUTBOUND.encode(pdu)))
                    .toList();
            if (!records.isEmpty()) {
                publisher.publishAllAndWait(records);
            }
        }
    }
}
