package org.gatehouse.stateresolution.judgement;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.JudgedRecord;
import org.gatehouse.matrix.stateres.StateResolution;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.stateresolution.room.RoomRows;
import org.gatehouse.stateresolution.room.Rooms;

/** Puts the judge together, with counters and a stopwatch around it. */
@Singleton
class Judge {

    private final MeterRegistry meters;

    Judge(MeterRegistry meters) {
        this.meters = meters;
    }

    @Produces
    @Singleton
    Rooms rooms(RoomRows rows, ClusterConfig cluster, JudgeConfig config) {
        return new Rooms(rows, cluster.generation(), config.roomsInMemory(), config.authEventsInMemory());
    }

    @Produces
    @Singleton
    WorkRoom workRoom(Rooms rooms, RoomRows rows, ClusterConfig cluster, Outbox outbox) {
        Counter ahead = meters.counter("matrix.judged.ahead.of.turn");
        return new WorkRoom(
                rooms, rows, new JudgeRecord(timed(), cluster::hosts, ahead::increment), outbox, this::count);
    }

    private Resolver timed() {
        return (version, states, graph) -> meters.timer("matrix.state.resolution", "room_version", version.id())
                .record(() -> StateResolution.resolve(version, states, graph));
    }

    private void count(ClusterRecord output) {
        if (output instanceof JudgedRecord.Judged judged) {
            meters.counter("matrix.judged", "verdict", judged.verdict().wireName())
                    .increment();
        }
    }
}
