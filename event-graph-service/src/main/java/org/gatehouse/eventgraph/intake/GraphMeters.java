package org.gatehouse.eventgraph.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import org.gatehouse.eventgraph.room.Step;
import org.gatehouse.eventgraph.room.WaitingRow.Change;
import org.gatehouse.eventgraph.room.WaitingRow.Wait;

/** Counts what becomes of events. */
@Singleton
class GraphMeters {

    private static final String EVENTS = "gatehouse.graph.events";

    private final Counter connected;
    private final Counter duplicate;
    private final Counter waiting;
    private final Counter refused;
    private final Counter wishes;

    GraphMeters(MeterRegistry registry) {
        this.connected = registry.counter(EVENTS, "outcome", "connected");
        this.duplicate = registry.counter(EVENTS, "outcome", "duplicate");
        this.waiting = registry.counter(EVENTS, "outcome", "waiting");
        this.refused = registry.counter(EVENTS, "outcome", "refused");
        this.wishes = registry.counter("gatehouse.graph.gap.wishes");
    }

    void count(List<Step> steps) {
        for (Step step : steps) {
            connected.increment(step.connections().size());
            waiting.increment(count(step, Change.WAITS) + count(step, Change.HELD));
            refused.increment(count(step, Change.REFUSED) + count(step, Change.DROPPED));
            wishes.increment(step.waitingRows().stream()
                    .filter(row -> row.details().flatMap(Wait::wish).isPresent())
                    .count());
            if (step.isDuplicate()) {
                duplicate.increment();
            }
        }
    }

    private static long count(Step step, Change change) {
        return step.waitingRows().stream().filter(row -> row.change() == change).count();
    }
}
