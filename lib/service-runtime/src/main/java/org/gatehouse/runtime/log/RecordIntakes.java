package org.gatehouse.runtime.log;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.gatehouse.runtime.health.WorkHealth;
import org.gatehouse.runtime.trace.EventTraces;

/** Opens the intakes of a service's consumers, and drains them when the service stops. */
@Singleton
public class RecordIntakes {

    private final List<RecordIntake> open = new CopyOnWriteArrayList<>();
    private final Quarantine quarantine;
    private final WorkHealth health;
    private final EventTraces traces;

    RecordIntakes(Quarantine quarantine, WorkHealth health, EventTraces traces) {
        this.quarantine = quarantine;
        this.health = health;
        this.traces = traces;
    }

    /**
     * Opens an intake.
     *
     * @param name of the consumer, for threads, logs and health
     * @param threads how many rooms are worked at the same time
     * @param maxInFlight how many records may be in work before the consumer is slowed down
     */
    public RecordIntake open(String name, int threads, int maxInFlight) {
        RecordIntake intake =
                new RecordIntake(name, new RoomExecutors(name, threads, maxInFlight), quarantine, health, traces);
        open.add(intake);
        return intake;
    }

    void drain(@Observes ShutdownEvent event) {
        open.parallelStream().forEach(RecordIntake::close);
    }
}
