package org.gatehouse.eventgraph.connect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.eventgraph.room.Outputs;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.eventgraph.room.RoomGraph;
import org.gatehouse.eventgraph.room.RoomView;
import org.gatehouse.eventgraph.room.Step;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.crash.CrashPoint;

/**
 * Works records of a room's log, several at a time: one look-up, one write of rows, one of the head, then the outputs.
 * A record at or before the head is a repeat: nothing is changed, its outputs are published again.
 */
public final class ConnectEvents {

    private final RoomGraphs graphs;
    private final Lookups lookups;
    private final StoreSteps storeSteps;
    private final RepeatOutputs repeatOutputs;
    private final Outbox outbox;

    /** What is read before a step and answered after it. */
    public record Lookups(Events events, StoreSeedOutliers storeSeedOutliers, AnswerDuplicates answerDuplicates) {}

    public ConnectEvents(
            RoomGraphs graphs, Lookups lookups, StoreSteps storeSteps, RepeatOutputs repeatOutputs, Outbox outbox) {
        this.graphs = graphs;
        this.lookups = lookups;
        this.storeSteps = storeSteps;
        this.repeatOutputs = repeatOutputs;
        this.outbox = outbox;
    }

    /** What became of the records. */
    public record Outcome(List<Step> steps, List<Poisoned> poisoned) {}

    /** A record that belongs in quarantine. */
    public record Poisoned(LogEntry entry, String reason) {}

    /**
     * Works records of one room, in order. Returns when everything is stored and all outputs are acknowledged. If it
     * fails, it is to be called again with the same records.
     */
    public Outcome work(RoomId roomId, List<LogEntry> entries) {
        boolean done = false;
        try {
            Outcome outcome = workAll(roomId, entries);
            done = true;
            return outcome;
        } finally {
            if (!done) {
                graphs.discard(roomId);
            }
        }
    }

    private Outcome workAll(RoomId roomId, List<LogEntry> entries) {
        RoomGraph graph = graphs.open(roomId);
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
        int from = 0;
        while (from < entries.size()) {
            int to = endOfRun(graph, entries, from);
            List<LogEntry> run = entries.subList(from, to);
            if (isRepeat(graph, run.get(0))) {
                repeat(roomId, run, graph, outcome);
            } else {
                connect(roomId, run, graph, outcome);
            }
            from = to;
        }
        return outcome;
    }

    /** Repeats go with repeats, new records with new ones in ascending order, and a seed by itself. */
    private static int endOfRun(RoomGraph graph, List<LogEntry> entries, int from) {
        boolean repeat = isRepeat(graph, entries.get(from));
        int to = from + 1;
        while (to < entries.size()
                && isRepeat(graph, entries.get(to)) == repeat
                && (repeat || follows(entries.get(to - 1), entries.get(to)))) {
            to++;
        }
        return to;
    }

    private static boolean follows(LogEntry earlier, LogEntry later) {
        return later.stamp().compareTo(earlier.stamp()) > 0
                && StoreSeedOutliers.rangeOf(earlier).isEmpty()
                && StoreSeedOutliers.rangeOf(later).isEmpty();
    }

    private static boolean isRepeat(RoomGraph graph, LogEntry entry) {
        return entry.stamp().compareTo(graph.head().stamp()) <= 0;
    }

    private void repeat(RoomId roomId, List<LogEntry> run, RoomGraph graph, Outcome outcome) {
        List<RepeatOutputs.Repeat> repeats =
                repeatOutputs.of(roomId, run, graph.head().lastOrdinal());
        List<ClusterRecord> outputs = new ArrayList<>();
        for (int i = 0; i < run.size(); i++) {
            LogEntry entry = run.get(i);
            outputs.addAll(repeats.get(i).outputs());
            repeats.get(i).poison().ifPresent(reason -> outcome.poisoned().add(new Poisoned(entry, reason)));
        }
        outbox.publish(outputs);
    }

    private void connect(RoomId roomId, List<LogEntry> run, RoomGraph graph, Outcome outcome) {
        RoomView view = new RoomView(roomId, graph.head().stamp());
        Set<EventId> ids = idsOf(run);
        view.lookedUp(ids, lookups.events().find(ids));
        List<Step> steps = new ArrayList<>();
        for (LogEntry entry : run) {
            steps.add(graph.step(entry, view, arrivedWith(entry, graph, view, ids)));
        }
        List<List<PlacedEvent>> placed = storeSteps.store(roomId, steps, graph.head());
        CrashPoint.reach("event-graph.after-head-before-publish");
        outbox.publish(outputsOf(roomId, steps, placed));
        CrashPoint.reach("event-graph.after-publish-before-offset-commit");
        for (Step step : steps) {
            step.poison().ifPresent(reason -> outcome.poisoned().add(new Poisoned(step.entry(), reason)));
        }
        outcome.steps().addAll(steps);
    }

    private static Set<EventId> idsOf(List<LogEntry> run) {
        Set<EventId> ids = new LinkedHashSet<>();
        for (LogEntry entry : run) {
            entry.facts().ifPresent(facts -> {
                ids.add(facts.eventId());
                ids.addAll(facts.parents());
                ids.addAll(facts.authEvents());
            });
        }
        return ids;
    }

    private Set<EventId> arrivedWith(LogEntry entry, RoomGraph graph, RoomView view, Set<EventId> ids) {
        return StoreSeedOutliers.rangeOf(entry)
                .map(range -> {
                    Set<EventId> ofInterest = new HashSet<>(graph.missing());
                    ofInterest.addAll(ids);
                    return lookups.storeSeedOutliers().store(entry, range, view, ofInterest);
                })
                .orElse(Set.of());
    }

    private List<ClusterRecord> outputsOf(RoomId roomId, List<Step> steps, List<List<PlacedEvent>> placed) {
        List<ClusterRecord> outputs = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            outputs.addAll(Outputs.of(
                    step.passedOn(),
                    placed.get(i),
                    step.waitingRows(),
                    Outputs.policyWish(step.entry(), step.waitingRows()),
                    step.replies()));
            outputs.addAll(lookups.answerDuplicates().answers(roomId, step.duplicates()));
        }
        return outputs;
    }
}
