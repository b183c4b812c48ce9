package org.gatehouse.stateresolution.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.gatehouse.matrix.identifier.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * The rooms in memory, the most recently used ones. A room is used by one thread at a time. Whoever owns a room's
 * partition works it from the head in memory; all others look at the stored head first.
 */
public final class Rooms {

    private final RoomRows rows;
    private final int generation;
    private final int authEventsInMemory;
    private final Cache<RoomId, Slot> slots;
    private final AtomicLong ownership = new AtomicLong();

    /** @param roomsInMemory how many rooms are kept, with up to authEventsInMemory events each */
    public Rooms(RoomRows rows, int generation, int roomsInMemory, int authEventsInMemory) {
        this.rows = rows;
        this.generation = generation;
        this.authEventsInMemory = authEventsInMemory;
        this.slots = Caffeine.newBuilder().maximumSize(roomsInMemory).build();
    }

    /** Works in a room as its owner. If the work throws, the room is forgotten and read anew next time. */
    public <T> T own(RoomId roomId, Function<Room, T> work) {
        Slot slot = slot(roomId);
        slot.lock.lock();
        try {
            return slot.own(ownership.get(), work);
        } finally {
            slot.lock.unlock();
        }
    }

    /**
     * Reads in a room, after its last stored record.
     *
     * @throws RoomBusy if the room is not free within the time
     */
    public <T> T read(RoomId roomId, long waitMillis, Function<Room, T> work) {
        Slot slot = slot(roomId);
        try {
            if (!slot.lock.tryLock(waitMillis, TimeUnit.MILLISECONDS)) {
                throw new RoomBusy(roomId);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RoomBusy(roomId);
        }
        try {
            Room room = slot.fresh();
            if (room.head().offset() < 0) {
                // Strangers may ask for any room: what does not exist takes no room's place.
                slots.asMap().remove(roomId, slot);
            }
            return work.apply(room);
        } finally {
            slot.lock.unlock();
        }
    }

    /** The partitions have moved: no head in memory is trusted until it was read again. */
    public void ownershipChanged() {
        ownership.incrementAndGet();
    }

    private Slot slot(RoomId roomId) {
        return slots.get(roomId, Slot::new);
    }

    private final class Slot {
        private final RoomId roomId;
        private final ReentrantLock lock = new ReentrantLock(true);
        private @Nullable Room room;
        private long ownedSince = -1;

        private Slot(RoomId roomId) {
            this.roomId = roomId;
        }

        private <T> T own(long now, Function<Room, T> work) {
            Room mine = room;
            if (mine == null || ownedSince != now) {
                mine = fresh();
            }
            ownedSince = -1;
            room = null;
            T done = work.apply(mine);
            room = mine;
            ownedSince = now;
            return done;
        }

        private Room fresh() {
            RoomHead head = rows.head(roomId).orElseGet(() -> RoomHead.none(generation));
            if (head.generation() != generation) {
                throw new ForeignGeneration(roomId, head.generation(), generation);
            }
            Room existing = room;
            if (existing == null) {
                existing = new Room(roomId, head, rows, authEventsInMemory);
                room = existing;
            } else {
                existing.refresh(head);
            }
            return existing;
        }
    }

    /** The room is being worked and was not free in time. */
    public static final class RoomBusy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RoomBusy(RoomId roomId) {
            super(roomId + " is busy");
        }
    }
}
