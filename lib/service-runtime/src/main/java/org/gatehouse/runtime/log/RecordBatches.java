package org.gatehouse.runtime.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the work for one record take along what is queued behind it under its key. Each record still has its own task and
 * its own acknowledgement: a task whose record was worked along with an earlier one has nothing left to do.
 *
 * <pre>
 *   Ticket ticket = batches.add(record);
 *   return intake.accept(message, same -&gt; batches.work(ticket));
 * </pre>
 */
public final class RecordBatches {

    /** Works some records of one key, in their order. Called again with the same ones if it fails. */
    @FunctionalInterface
    public interface BatchWork {
        void work(List<SourceRecord> records) throws Exception;
    }

    /** A queued record. */
    public static final class Ticket {

        private final String key;
        private final SourceRecord record;
        private boolean done;

        private Ticket(String key, SourceRecord record) {
            this.key = key;
            this.record = record;
        }
    }

    private final int most;
    private final BatchWork work;
    private final Map<String, Deque<Ticket>> queues = new HashMap<>();

    /** @param most how many records are worked at once */
    public RecordBatches(int most, BatchWork work) {
        this.most = most;
        this.work = work;
    }

    /** Queues a record under its own key. To be called in the order of the log. */
    public Ticket add(SourceRecord record) {
        return add(record.key(), record);
    }

    /** As {@link #add(SourceRecord)}, under the key by which the intake orders the records. */
    public synchronized Ticket add(String key, SourceRecord record) {
        Ticket ticket = new Ticket(key, record);
        queues.computeIfAbsent(key, first -> new ArrayDeque<>()).add(ticket);
        return ticket;
    }

    /**
     * Works the record, if that has not been done, with others behind it. If the batch fails, the record is tried by
     * itself, so that a failure is the record's own. One task at a time under a key.
     */
    public void work(Ticket ticket) throws Exception {
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
        Deque<Ticket> queue = queues.get(ticket.key);
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
        String key = batch.get(0).key;
        Deque<Ticket> queue = queues.getOrDefault(key, new ArrayDeque<>());
        for (Ticket ticket : batch) {
            ticket.done = true;
            queue.remove(ticket);
        }
        if (queue.isEmpty()) {
            queues.remove(key);
        }
    }
}
