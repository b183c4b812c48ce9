package org.gatehouse.stateresolution.judgement;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.log.BulkReader;
import org.gatehouse.runtime.log.LogUnavailable;
import org.gatehouse.runtime.log.RecordIntake;
import org.gatehouse.runtime.log.RecordIntakes;
import org.gatehouse.runtime.log.SourceRecord;
import org.gatehouse.stateresolution.room.ForeignGeneration;

/**
 * Takes in pdu-connected. A record's turn works all that is queued of its room by then; the turns of the others find
 * their work done. For worker threads.
 */
@ApplicationScoped
class ConnectedConsumer {

    private static final RecordCodec<ConnectedRecord> CODEC = RecordCodec.of(ConnectedRecord.class);

    private final WorkRoom workRoom;
    private final BulkReader bulk;
    private final RecordIntake intake;
    private final int batch;
    private final Map<String, Deque<Queued>> queues = new HashMap<>();

    ConnectedConsumer(WorkRoom workRoom, BulkReader bulk, RecordIntakes intakes, JudgeConfig config) {
        this.workRoom = workRoom;
        this.bulk = bulk;
        this.batch = config.batch();
        this.intake = intakes.open("judge", config.threads(), config.maxInFlight());
    }

    @Incoming("pdu-connected")
    Uni<Void> consume(Message<byte[]> message) {
        Queued queued = new Queued(SourceRecord.of(message));
        synchronized (queues) {
            queues.computeIfAbsent(queued.source.key(), room -> new ArrayDeque<>())
                    .add(queued);
        }
        return intake.accept(message, source -> takeTurn(queued));
    }

    /** May come again with the same record, if the store or the log failed. */
    private void takeTurn(Queued turn) {
        List<Queued> behind = queuedBehind(turn);
        if (turn.done) {
            return;
        }
        List<Arrival> arrivals = new ArrayList<>(List.of(decoded(turn)));
        for (Queued next : behind) {
            try {
                arrivals.add(decoded(next));
            } catch (UnreadableRecord itsTurnWillShow) {
                break;
            }
        }
        int worked = work(new RoomId(turn.source.key()), arrivals);
        behind.subList(0, worked - 1).forEach(queued -> queued.done = true);
    }

    /** A head of another generation is no fault of the record: it waits, and the service is not ready. */
    private int work(RoomId roomId, List<Arrival> arrivals) {
        try {
            return workRoom.work(roomId, arrivals);
        } catch (ForeignGeneration e) {
            throw new LogUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    /** Takes the record out of its room's queue, and looks at those that may be worked along with it. */
    private List<Queued> queuedBehind(Queued turn) {
        synchronized (queues) {
            Deque<Queued> queue = queues.get(turn.source.key());
            if (queue == null) {
                return List.of();
            }
            queue.remove(turn);
            if (queue.isEmpty()) {
                queues.remove(turn.source.key());
            }
            return queue.stream()
                    .filter(queued -> !queued.done)
                    .limit(batch - 1L)
                    .toList();
        }
    }

    private Arrival decoded(Queued queued) {
        ConnectedRecord record = CODEC.decode(queued.source.value());
        Supplier<List<BulkRecord>> seed = () -> record instanceof ConnectedRecord.Connected connected
                ? connected.seed().map(given -> bulk.readAll(given.state())).orElse(List.of())
                : List.of();
        return new Arrival(queued.source.offset(), record, seed);
    }

    private static final class Queued {
        private final SourceRecord source;
        private volatile boolean done;

        private Queued(SourceRecord source) {
            this.source = source;
        }
    }
}
