package org.gatehouse.stateresolution.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.ConnectedRecord.Connected;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.crash.CrashPoint;
import org.gatehouse.runtime.log.InfrastructureFailure;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.room.RoomRows;
import org.gatehouse.stateresolution.room.RoomWrites;
import org.gatehouse.stateresolution.room.Rooms;
import org.jspecify.annotations.Nullable;

/**
 * Works a room's queued records in one go: judges them, stores what came of it, publishes. A crash between any two of
 * these steps is mended by working the records again.
 */
public final class WorkRoom {

    private final Rooms rooms;
    private final RoomRows rows;
    private final JudgeRecord judgeRecord;
    private final Outbox outbox;
    private final Consumer<ClusterRecord> counter;

    /** @param counter is told each output when it was published */
    public WorkRoom(
            Rooms rooms, RoomRows rows, JudgeRecord judgeRecord, Outbox outbox, Consumer<ClusterRecord> counter) {
        this.rooms = rooms;
        this.rows = rows;
        this.judgeRecord = judgeRecord;
        this.outbox = outbox;
        this.counter = counter;
    }

    /**
     * Works the records up to the first that is poison.
     *
     * @param records of one room, in order, at least one
     * @return how many were worked, at least one
     * @throws RuntimeException of the first record, if that is poison; or of the store or the log, and then all records
     *     are to be worked again
     */
    public int work(RoomId roomId, List<Arrival> records) {
        List<ClusterRecord> outputs = new ArrayList<>();
        int worked;
        try {
            worked = rooms.own(roomId, room -> judgeAndStore(room, records, outputs));
        } catch (PoisonAfter poison) {
            worked = poison.worked;
        } catch (RuntimeException failure) {
            if (!InfrastructureFailure.is(failure)) {
                passOver(roomId, records.get(0));
            }
            throw failure;
        }
        CrashPoint.reach("state-resolution.after-write-before-publish");
        outbox.publish(outputs);
        CrashPoint.reach("state-resolution.after-publish-before-offset-commit");
        outputs.forEach(counter);
        return worked;
    }

    private void passOver(RoomId roomId, Arrival poison) {
        if (poison.record() instanceof Connected event) {
            rooms.own(roomId, room -> {
                RoomWrites writes = judgeRecord.passOver(room, poison.offset(), event);
                rows.write(roomId, writes);
                room.stored();
                return writes;
            });
        }
    }

    private int judgeAndStore(Room room, List<Arrival> records, List<ClusterRecord> outputs) {
        CrashPoint.reach("state-resolution.after-read-before-judgement");
        RoomWrites writes = new RoomWrites();
        int worked = 0;
        @Nullable RuntimeException poison = null;
        while (worked < records.size() && poison == null) {
            try {
                Arrival next = records.get(worked);
                Judgement judgement = judgeRecord.judge(room, next.offset(), next.record(), next.seed());
                writes.addAll(judgement.writes());
                outputs.addAll(judgement.outputs());
                worked++;
            } catch (RuntimeException e) {
                poison = e;
            }
        }
        if (worked == 0 && poison != null) {
            throw poison;
        }
        if (writes.head() != null) {
            CrashPoint.reach("state-resolution.after-resolve-before-write");
            rows.write(room.id(), writes);
            room.stored();
        }
        if (poison != null) {
            // The room in memory holds half of the record's work: thrown, it is read anew.
            throw new PoisonAfter(worked, poison);
        }
        return worked;
    }

    /** Some records were worked, the next is poison, or could not be read now: its own turn will show. */
    private static final class PoisonAfter extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int worked;

        private PoisonAfter(int worked, RuntimeException cause) {
            super(cause);
            this.worked = worked;
        }
    }
}
