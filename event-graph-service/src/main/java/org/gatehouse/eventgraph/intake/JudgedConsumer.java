package org.gatehouse.eventgraph.intake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.eventgraph.verdict.JudgedEvent;
import org.gatehouse.eventgraph.verdict.Verdicts;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.log.Quarantine;
import org.gatehouse.runtime.log.RecordBatches;
import org.gatehouse.runtime.log.RecordIntake;
import org.gatehouse.runtime.log.SourceRecord;

/** Consumes verdicts, and keeps them beside the events. */
@ApplicationScoped
class JudgedConsumer {

    private static final RecordCodec<JudgedRecord> CODEC = RecordCodec.of(JudgedRecord.class);

    private final Verdicts verdicts;
    private final Quarantine quarantine;
    private final RecordIntake intake;
    private final RecordBatches batches;

    JudgedConsumer(Verdicts verdicts, Quarantine quarantine, IntakeOpener opener) {
        this.verdicts = verdicts;
        this.quarantine = quarantine;
        this.intake = opener.open("pdu-judged");
        this.batches = new RecordBatches(opener.mostInBatch(), this::store);
    }

    @Incoming("pdu-judged")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> receive(Message<byte[]> message) {
        RecordBatches.Ticket ticket = batches.add(SourceRecord.of(message));
        return intake.accept(message, record -> batches.work(ticket));
    }

    private void store(List<SourceRecord> records) {
        List<JudgedEvent> events = new ArrayList<>(records.size());
        for (SourceRecord record : records) {
            try {
                if (CODEC.decode(record.value()) instanceof JudgedRecord.Judged judged) {
                    events.add(toEvent(judged));
                }
            } catch (UnreadableRecord e) {
                quarantine.put(record, e.toString());
            }
        }
        if (!events.isEmpty()) {
            verdicts.store(new RoomId(records.get(0).key()), events);
        }
    }

    private static JudgedEvent toEvent(JudgedRecord.Judged judged) {
        return new JudgedEvent(
                judged.ordinal(),
                judged.eventId(),
                judged.verdict(),
                judged.rule(),
                judged.reason(),
                judged.historyVisibility(),
                judged.stateBefore(),
                judged.currentState());
    }
}
