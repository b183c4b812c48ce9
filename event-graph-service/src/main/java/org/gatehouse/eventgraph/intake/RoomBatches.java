package org.gatehouse.eventgraph.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gatehouse.runtime.log.SourceRecord;

/**
 * Lets the work for one record take along what is queued behind it in its room. Each record still has its own task and
 * its own acknowledgement: a task whose record was worked along with an earlier one has nothing left to do.
 */
final class RoomBatches {

    /** Works some records of one room, in their order. Called again with the same ones if it fails. */
    @FunctionalInterface
    interface BatchWork {
        void work(List<SourceRecord> records) throws Exception;
    }

    /** A queued record. */
    static final class Ticket {

        private final SourceRecord record;
        private boolean done;

        private Ticket(SourceRecord record) {
            this.record = record;
        }
    }

    private final int most;
    private final BatchWork work;
    private final Map<String, Deque<Ticket>> rooms = new HashMap<>();

    /** @param most how many records are worked at once */
    RoomBatches(int most, BatchWork work) {
        this.most = most;
        this.work = work;
    }

    /** Queues a record. To be called in the order of the log. */
    synchronized Ticket add(SourceRecord record) {
        Ticket ticket = new Ticket(record);
        rooms.computeIfAbsent(record.key(), room -> new ArrayDeque<>()).add(ticket);
        return ticket;
    }

    /**
     * Works the record, if that has not been done, with others behind it. If the batch fails, the record is tried by
     * itself, so that a failure is the record's own. One task at a time in a room.
     */
    void work(Ticket ticket) throws Exception {
        List<Ticket> batch = upTo(ticket);
        if (batch.isEmpty()) {
            return;
        }
        if (batch.size() > 1) {
            try {
                work.work(recordsOf(batch));
                finish(batch);
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception failedTogether) {
                batch = batch.subList(0, 1);
            }
        }
        work.work(recordsOf(batch));
        finish(batch);
    }

    private static List<SourceRecord> recordsOf(List<Ticket> batch) {
        return batch.stream().map(ticket -> ticket.record).toList();
    }

    /** Empty if the record is done with. Those before it that are still queued were put into quarantine. */
    private synchronized List<Ticket> upTo(Ticket ticket) {
        Deque<Ticket> queue = rooms.get(ticket.record.key());
        if (ticket.done || queue == null) {
            return List.of();
        }
        while (queue.peek() != ticket) {
            queue.remove().done = true;
        }
        List<Ticket> batch = new ArrayList<>();
        for (Ticket next : queue) {
            if (batch.size() == most) {
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private synchronized void finish(List<Ticket> batch) {
        String room = batch.get(0).record.key();
        Deque<Ticket> queue = rooms.getOrDefault(room, new ArrayDeque<>());
        for (Ticket ticket : batch) {
            ticket.done = true;
            queue.remove(ticket);
        }
        if (queue.isEmpty()) {
            rooms.remove(room);
        }
    }
}
