package org.gatehouse.eventgraph.intake;

import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.eventgraph.connect.ConnectEvents;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.crash.CrashPoint;
import org.gatehouse.runtime.log.Quarantine;
import org.gatehouse.runtime.log.RecordBatches;
import org.gatehouse.runtime.log.RecordIntake;
import org.gatehouse.runtime.log.SourceRecord;

/** Consumes the one log a room. */
@ApplicationScoped
class ReceivedConsumer {

    private final ConnectEvents connectEvents;
    private final Quarantine quarantine;
    private final GraphMeters meters;
    private final ReadReceived readReceived;
    private final RecordIntake intake;
    private final RecordBatches batches;

    ReceivedConsumer(
            ConnectEvents connectEvents,
            Quarantine quarantine,
            GraphMeters meters,
            ClusterConfig cluster,
            IntakeOpener opener) {
        this.connectEvents = connectEvents;
        this.quarantine = quarantine;
        this.meters = meters;
        this.readReceived = new ReadReceived(cluster.generation());
        this.intake = opener.open("pdu-received");
        this.batches = new RecordBatches(opener.mostInBatch(), this::work);
    }

    @Incoming("pdu-received")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> receive(Message<byte[]> message) {
        RecordBatches.Ticket ticket = batches.add(SourceRecord.of(message));
        return intake.accept(message, record -> batches.work(ticket));
    }

    private void work(List<SourceRecord> records) {
        CrashPoint.reach("event-graph.after-poll");
        List<LogEntry> entries = new ArrayList<>(records.size());
        Map<LogEntry, SourceRecord> sources = new IdentityHashMap<>();
        for (SourceRecord record : records) {
            try {
                LogEntry entry = readReceived.read(record);
                entries.add(entry);
                sources.put(entry, record);
            } catch (UnreadableRecord e) {
                quarantine.put(record, e.toString());
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        ConnectEvents.Outcome outcome =
                connectEvents.work(entries.get(0).message().roomId(), entries);
        for (ConnectEvents.Poisoned poisoned : outcome.poisoned()) {
            quarantine.put(requireNonNull(sources.get(poisoned.entry())), poisoned.reason());
        }
        meters.count(outcome.steps());
    }
}
