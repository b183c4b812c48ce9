package org.gatehouse.loadtests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.FederationPeer;

/** Peers that send one transaction after the other, each as soon as the one before it is answered. */
final class ClosedLoop {

    private ClosedLoop() {}

    /** What a peer has to send. */
    record Share(FederationPeer peer, List<PreparedTransaction> transactions) {}

    /**
     * What came of a round.
     *
     * @param seconds from the first request to the last answer
     * @param latencies of the answers, in nanoseconds, sorted
     * @param events all PDUs that were sent
     */
    record Outcome(double seconds, long[] latencies, List<EventId> events) {

        double percentileMillis(double share) {
            return ClosedLoop.percentileMillis(latencies, share);
        }
    }

    /** @param sorted nanoseconds, not empty */
    static double percentileMillis(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }

    /** Sends it all; returns when the last answer is there. */
    static Outcome run(List<Share> shares, ServerName destination) {
        ExecutorService senders = Executors.newFixedThreadPool(shares.size());
        try {
            long begin = System.nanoTime();
            List<Future<long[]>> running = new ArrayList<>();
            for (Share share : shares) {
                running.add(senders.submit(() -> send(share, destination)));
            }
            List<long[]> latencies = new ArrayList<>();
            for (Future<long[]> future : running) {
                latencies.add(future.get());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            long[] sorted =
                    latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            List<EventId> events = shares.stream()
                    .flatMap(share -> share.transactions().stream())
                    .flatMap(transaction -> transaction.eventIds().stream())
                    .toList();
            return new Outcome(seconds, sorted, events);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a peer failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            senders.shutdownNow();
        }
    }

    private static long[] send(Share share, ServerName destination) {
        long[] latencies = new long[share.transactions().size()];
        for (int i = 0; i < latencies.length; i++) {
            long begin = System.nanoTime();
            sendOne(share.peer(), destination, share.transactions().get(i));
            latencies[i] = System.nanoTime() - begin;
        }
        return latencies;
    }

    /** Returns when it is answered; fails if any PDU of it was not taken. */
    static void sendOne(FederationPeer peer, ServerName destination, PreparedTransaction transaction) {
        FederationPeer.Answer answer = peer.send(
                "PUT",
                destination,
                transaction.target(),
                Optional.of(transaction.body()),
                Optional.of(transaction.authorization()));
        requireEveryPduTaken(transaction, answer);
    }

    private static void requireEveryPduTaken(PreparedTransaction transaction, FederationPeer.Answer answer) {
        JsonObject pdus = answer.object().object("pdus").orElse(JsonObject.EMPTY);
        boolean taken = answer.status() == 200
                && transaction.eventIds().stream().allMatch(id -> isEmpty(pdus.get(id.toString())));
        if (!taken) {
            throw new IllegalStateException(
                    "%s was answered %d %s".formatted(transaction.target(), answer.status(), answer.body()));
        }
    }

    private static boolean isEmpty(Optional<JsonValue> result) {
        return result.filter(JsonObject.EMPTY::equals).isPresent();
    }
}
