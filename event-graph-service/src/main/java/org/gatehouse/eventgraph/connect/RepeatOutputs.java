package org.gatehouse.eventgraph.connect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.eventgraph.room.KnownEvent;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.eventgraph.room.Outputs;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.eventgraph.room.Step.Duplicate;
import org.gatehouse.eventgraph.room.WaitingRow;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * The outputs of records that were worked before, put together again from the rows that they left: whoever was cut off
 * may not have published them.
 */
public final class RepeatOutputs {

    private final Events events;
    private final WaitingEvents waitingEvents;
    private final AnswerDuplicates answerDuplicates;

    public RepeatOutputs(Events events, WaitingEvents waitingEvents, AnswerDuplicates answerDuplicates) {
        this.events = events;
        this.waitingEvents = waitingEvents;
        this.answerDuplicates = answerDuplicates;
    }

    /** What was to be published for a repeated record, and why it went to quarantine, if it did. */
    record Repeat(List<ClusterRecord> outputs, Optional<String> poison) {}

    /**
     * The outputs of each record.
     *
     * @param entries of one room, all at or before its head
     * @param lastOrdinal of the head
     */
    List<Repeat> of(RoomId roomId, List<LogEntry> entries, long lastOrdinal) {
        Traces traces = read(roomId, entries, lastOrdinal);
        List<Repeat> repeats = new ArrayList<>();
        for (LogEntry entry : entries) {
            repeats.add(repeat(roomId, entry, traces));
        }
        return repeats;
    }

    /** What the records have left. */
    private record Traces(
            Map<HeadStamp, List<PlacedEvent>> placed,
            Map<HeadStamp, List<WaitingRow>> waiting,
            Map<EventId, KnownEvent> known) {}

    private Traces read(RoomId roomId, List<LogEntry> entries, long lastOrdinal) {
        HeadStamp first = entries.stream()
                .map(LogEntry::stamp)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Map<HeadStamp, List<PlacedEvent>> placed = new HashMap<>();
        for (PlacedEvent event : events.causedSince(roomId, lastOrdinal, first)) {
            placed.computeIfAbsent(event.placement().cause(), cause -> new ArrayList<>())
                    .add(event);
        }
        int firstWeek = entries.stream().mapToInt(LogEntry::week).min().orElseThrow();
        int lastWeek = entries.stream().mapToInt(LogEntry::week).max().orElseThrow();
        Map<HeadStamp, List<WaitingRow>> waiting = new HashMap<>();
        waitingEvents.read(roomId, firstWeek, lastWeek, first).stream()
                .sorted(Comparator.comparing(WaitingRow::eventId))
                .forEach(row -> waiting.computeIfAbsent(row.cause(), cause -> new ArrayList<>())
                        .add(row));
        Set<EventId> ids = new LinkedHashSet<>();
        entries.forEach(entry -> entry.facts().ifPresent(facts -> ids.add(facts.eventId())));
        return new Traces(placed, waiting, events.find(ids));
    }

    private Repeat repeat(RoomId roomId, LogEntry entry, Traces traces) {
        List<WaitingRow> waitingRows = traces.waiting().getOrDefault(entry.stamp(), List.of());
        Optional<KnownEvent> known = entry.facts()
                .map(facts -> traces.known().get(facts.eventId()))
                .filter(event -> event.roomId().equals(roomId));
        Optional<String> poison = Outputs.poison(entry, isKnown(known, entry));
        List<ConnectedRecord> passedOn = new ArrayList<>();
        Outputs.passedOn(entry).ifPresent(passedOn::add);
        outlier(entry, known).ifPresent(passedOn::add);
        List<ClusterRecord> outputs = new ArrayList<>(Outputs.of(
                passedOn,
                traces.placed().getOrDefault(entry.stamp(), List.of()),
                waitingRows,
                Outputs.policyWish(entry, waitingRows),
                Outputs.refusals(entry, waitingRows, poison)));
        outputs.addAll(answerDuplicates.answers(roomId, duplicates(entry, known)));
        return new Repeat(outputs, poison);
    }

    private static boolean isKnown(Optional<KnownEvent> known, LogEntry entry) {
        return known.flatMap(KnownEvent::place)
                .filter(place -> place.cause().compareTo(entry.stamp()) <= 0)
                .isPresent();
    }

    private static Optional<ConnectedRecord> outlier(LogEntry entry, Optional<KnownEvent> known) {
        return known.flatMap(KnownEvent::outlierCause)
                .filter(cause -> cause.equals(entry.stamp()))
                .flatMap(cause -> Outputs.outlierOf(entry));
    }

    /** The event was connected by an earlier record: then this one owes an answer to its own address. */
    private static List<Duplicate> duplicates(LogEntry entry, Optional<KnownEvent> known) {
        Optional<ReplyTo> replyTo = replyTo(entry.message());
        return known.flatMap(KnownEvent::place)
                .filter(place -> place.cause().compareTo(entry.stamp()) < 0)
                .flatMap(place ->
                        replyTo.map(address -> new Duplicate(known.get().eventId(), place.ordinal(), address)))
                .map(List::of)
                .orElse(List.of());
    }

    private static Optional<ReplyTo> replyTo(ReceivedRecord message) {
        if (message instanceof ReceivedRecord.Pushed pushed) {
            return pushed.replyTo();
        }
        if (message instanceof ReceivedRecord.Made made) {
            return made.replyTo();
        }
        if (message instanceof ReceivedRecord.JoinDone done) {
            return done.replyTo();
        }
        return Optional.empty();
    }
}
