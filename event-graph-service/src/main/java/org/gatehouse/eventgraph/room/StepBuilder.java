package org.gatehouse.eventgraph.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.eventgraph.room.WaitingRow.Change;
import org.gatehouse.eventgraph.room.WaitingRow.Wait;
import org.gatehouse.matrix.identifier.EventId;
import org.jspecify.annotations.Nullable;

/** Collects what follows from one record. */
final class StepBuilder {

    final LogEntry entry;
    final RoomView view;

    /** Waiting events that lack nothing any more and are still to be connected. */
    final TreeSet<EventId> complete = new TreeSet<>();

    private final List<ConnectedRecord> passedOn = new ArrayList<>();
    private final List<Step.Connection> connections = new ArrayList<>();
    private final TreeMap<EventId, WaitingRow> waitingRows = new TreeMap<>();
    private final List<Outlier> outliers = new ArrayList<>();
    private final List<Step.Duplicate> duplicates = new ArrayList<>();
    private @Nullable String poison;

    StepBuilder(LogEntry entry, RoomView view) {
        this.entry = entry;
        this.view = view;
    }

    void passOn(ConnectedRecord message) {
        passedOn.add(message);
    }

    void connected(Step.Connection connection) {
        connections.add(connection);
    }

    void outlier(Outlier outlier) {
        outliers.add(outlier);
        Outputs.outlierOf(entry).ifPresent(passedOn::add);
    }

    void duplicate(EventId eventId, long ordinal, Optional<ReplyTo> replyTo) {
        replyTo.ifPresent(address -> duplicates.add(new Step.Duplicate(eventId, ordinal, address)));
    }

    void poison(String reason) {
        poison = reason;
    }

    void waits(WaitingEvent event, Change change, Wait wait) {
        put(event, change, List.copyOf(event.replyTo), Optional.of(wait));
    }

    void happened(WaitingEvent event, Change change, List<ReplyTo> replyTo) {
        put(event, change, replyTo, Optional.empty());
    }

    private void put(WaitingEvent event, Change change, List<ReplyTo> replyTo, Optional<Wait> wait) {
        waitingRows.put(
                event.eventId(),
                new WaitingRow(entry.week(), entry.stamp(), event.eventId(), change, replyTo, event.fanOut, wait));
    }

    boolean hasWaitingRows() {
        return !waitingRows.isEmpty();
    }

    Step build() {
        List<WaitingRow> rows = List.copyOf(waitingRows.values());
        return new Step(
                entry,
                passedOn,
                connections,
                rows,
                outliers,
                duplicates,
                Outputs.refusals(entry, rows, Optional.ofNullable(poison)),
                Optional.ofNullable(poison));
    }
}
