package org.gatehouse.egress.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.gatehouse.egress.delivery.Destinations.Standing;
import org.gatehouse.egress.delivery.OutboundLog.Stretch;

/**
 * One destination of one sender.
 *
 * <pre>
 *                    too much queued, or 3 failures
 *       IN TIME  ------------------------------------->  BEHIND
 *   queue in memory,  <-----------------------------  events are read from
 *   records not yet        end of the topic reached      the topic again, records
 *   acknowledged                                        acknowledged at once
 * </pre>
 *
 * <p>A record is acknowledged when its event is safe in Cassandra: in a stored transaction, or behind a stored cursor.
 * One worker at a time calls {@link #next} and what follows from it; records come from another thread.
 */
final class Destination {

    static final int MOST_QUEUED = 200;
    static final int FAILURES_IN_TIME = 3;

    private static final int READ_AHEAD = 500;
    private static final Duration HELD_UP = Duration.ofSeconds(1);

    private final int shard;
    private final DestinationId id;
    private final Destinations rows;
    private final OutboundLog log;
    private final BackOff backOff;
    private final Clock clock;

    // All guarded by this.
    private final Deque<Queued> queue = new ArrayDeque<>();
    private final Deque<LoggedPdu> readAhead = new ArrayDeque<>();
    private long delivered;
    private boolean behind;
    private Optional<PendingTransaction> pending;
    private long passedWhileBehind = -1;
    private int failures;
    private Instant notBefore = Instant.MIN;
    private boolean busy;
    private boolean closed;

    private record Queued(LoggedPdu event, Runnable acknowledge) {}

    Destination(Standing row, Destinations rows, OutboundLog log, BackOff backOff, Clock clock) {
        this.shard = row.shard();
        this.id = row.id();
        this.delivered = row.delivered();
        this.behind = row.behind();
        this.pending = row.pending();
        this.rows = rows;
        this.log = log;
        this.backOff = backOff;
        this.clock = clock;
    }

    DestinationId id() {
        return id;
    }

    int shard() {
        return shard;
    }

    /** Takes an event of the topic, in the order of offsets. */
    synchronized void accept(LoggedPdu event, Runnable acknowledge) {
        long covered = pending.map(PendingTransaction::lastOffset).orElse(delivered);
        if (closed) {
            return;
        }
        if (event.offset() <= covered) {
            acknowledge.run();
        } else if (behind) {
            passedWhileBehind = event.offset();
            acknowledge.run();
        } else {
            queue.add(new Queued(event, acknowledge));
            if (queue.size() > MOST_QUEUED) {
                fallBehind(pending);
            }
        }
    }

    /** Starts a worker's turn: false if one is at work, there is nothing to do, or it is to be left alone. */
    synchronized boolean tryStart() {
        boolean hasWork = pending.isPresent() || behind || !queue.isEmpty();
        if (busy || closed || !hasWork || clock.instant().isBefore(notBefore)) {
            return false;
        }
        busy = true;
        return true;
    }

    /** Ends a worker's turn. */
    synchronized void stop() {
        busy = false;
    }

    /** The transaction to send now, stored; empty if there is none, which ends the turn. */
    Optional<PendingTransaction> next() {
        while (true) {
            long from;
            synchronized (this) {
                if (closed || pending.isPresent()) {
                    return closed ? end() : pending;
                }
                if (!behind) {
                    return queue.isEmpty() ? end() : fromQueue();
                }
                if (!readAhead.isEmpty()) {
                    return fromReadAhead();
                }
                from = delivered + 1;
            }
            // Not under the lock: a long way to read must not hold up the shard.
            catchUp(log.read(shard, from, id, READ_AHEAD));
        }
    }

    private Optional<PendingTransaction> end() {
        busy = false;
        return Optional.empty();
    }

    private Optional<PendingTransaction> fromQueue() {
        List<LoggedPdu> events = queue.stream()
                .limit(PendingTransaction.MOST_EVENTS)
                .map(Queued::event)
                .toList();
        store(delivered, false, Optional.of(transaction(events)));
        for (int i = 0; i < events.size(); i++) {
            queue.remove().acknowledge().run();
        }
        return pending;
    }

    private Optional<PendingTransaction> fromReadAhead() {
        List<LoggedPdu> events = new ArrayList<>(
                readAhead.stream().limit(PendingTransaction.MOST_EVENTS).toList());
        store(delivered, true, Optional.of(transaction(events)));
        events.forEach(event -> readAhead.remove());
        return pending;
    }

    private synchronized void catchUp(Stretch stretch) {
        if (!stretch.events().isEmpty()) {
            readAhead.addAll(stretch.events());
            return;
        }
        // What was acknowledged while it read may lie behind what it read.
        boolean caughtUp = stretch.isEnd() && passedWhileBehind < stretch.next();
        store(Math.max(delivered, stretch.next() - 1), !caughtUp, Optional.empty());
    }

    /** The transaction was taken. */
    synchronized void succeeded(PendingTransaction transaction) {
        store(transaction.lastOffset(), behind, Optional.empty());
        failures = 0;
        notBefore = Instant.MIN;
    }

    /** It was not, for now: the same again later. */
    synchronized void failed(Optional<Duration> retryAfter) {
        leaveAlone(retryAfter);
        if (failures >= FAILURES_IN_TIME && !behind) {
            fallBehind(pending);
        }
    }

    /** The server finds the transaction wrong. A half of it, so that a bad event is found and the others are sent. */
    synchronized void refused(PendingTransaction transaction) {
        List<LoggedPdu> events = transaction.events();
        fallBehind(Optional.of(transaction(events.subList(0, events.size() / 2))));
    }

    /** The server finds its only event wrong: it has been put aside. */
    synchronized void skipped(PendingTransaction transaction) {
        store(transaction.lastOffset(), behind, Optional.empty());
        leaveAlone(Optional.empty());
    }

    /** Something of ours is not there: the turn ends, and the server is not blamed. */
    synchronized void heldUp() {
        notBefore = clock.instant().plus(HELD_UP);
        busy = false;
    }

    /** The server lives: no reason to wait any longer. */
    synchronized void heard() {
        failures = 0;
        notBefore = Instant.MIN;
    }

    /** The shard has gone to another instance; what is queued comes to that one. */
    synchronized void close() {
        closed = true;
        queue.clear();
    }

    private void leaveAlone(Optional<Duration> atLeast) {
        failures++;
        Duration pause = backOff.after(failures);
        Duration wished = atLeast.orElse(Duration.ZERO);
        notBefore = clock.instant().plus(wished.compareTo(pause) > 0 ? wished : pause);
    }

    private void fallBehind(Optional<PendingTransaction> transaction) {
        store(delivered, true, transaction);
        readAhead.clear();
        queue.forEach(each -> {
            passedWhileBehind = each.event().offset();
            each.acknowledge().run();
        });
        queue.clear();
    }

    private PendingTransaction transaction(List<LoggedPdu> events) {
        return PendingTransaction.of(shard, id.origin(), events, clock.millis());
    }

    /** Cassandra first: what it does not take has not happened. */
    private void store(long newDelivered, boolean newBehind, Optional<PendingTransaction> newPending) {
        if (!closed) {
            rows.put(new Standing(shard, id, newDelivered, newBehind, newPending));
        }
        delivered = newDelivered;
        behind = newBehind;
        pending = newPending;
    }
}
