package org.gatehouse.loadtests;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * Transactions that fall due at a steady rate, whatever the answers do. The time of an answer counts from when its
 * transaction was due, so that a slow one is felt by those behind it. Each peer keeps its order; while one of its
 * transactions is under way the next is late.
 */
final class OpenLoop {

    private OpenLoop() {}

    /** @param latencies in nanoseconds, sorted */
    record Outcome(long[] latencies) {
        double percentileMillis(double share) {
            return ClosedLoop.percentileMillis(latencies, share);
        }
    }

    /** @param rate transactions a second, of all peers together */
    static Outcome run(List<ClosedLoop.Share> shares, ServerName destination, double rate) {
        double gap = 1e9 / rate;
        ExecutorService senders = Executors.newFixedThreadPool(shares.size());
        try {
            long begin = System.nanoTime();
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < shares.size(); i++) {
                ClosedLoop.Share share = shares.get(i);
                long first = begin + (long) (gap * i);
                running.add(senders.submit(() -> send(share, destination, first, gap * shares.size())));
            }
            List<Long> latencies = new ArrayList<>();
            for (Future<long[]> future : running) {
                for (long latency : future.get()) {
                    latencies.add(latency);
                }
            }
            return new Outcome(
                    latencies.stream().mapToLong(Long::longValue).sorted().toArray());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a peer failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            senders.shutdownNow();
        }
    }

    private static long[] send(ClosedLoop.Share share, ServerName destination, long first, double gap) {
        long[] latencies = new long[share.transactions().size()];
        for (int i = 0; i < latencies.length; i++) {
            long due = first + (long) (gap * i);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            ClosedLoop.sendOne(share.peer(), destination, share.transactions().get(i));
            latencies[i] = System.nanoTime() - due;
        }
        return latencies;
    }
}
