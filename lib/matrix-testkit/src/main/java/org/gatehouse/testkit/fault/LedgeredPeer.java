package org.gatehouse.testkit.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerUnreachable;

/** A peer whose transactions are in a ledger. */
public record LedgeredPeer(FederationPeer peer, Ledger ledger) {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Sends a transaction once; empty if no answer came. */
    public Optional<FederationPeer.Answer> send(ServerName destination, String txnId, List<Pdu> pdus) {
        long attempt = ledger.attempt(
                peer.name(), txnId, pdus.stream().map(Pdu::eventId).toList());
        try {
            FederationPeer.Answer answer = peer.sendTransaction(destination, txnId, pdus);
            if (answer.status() == 200) {
                acknowledged(attempt, answer.object().object("pdus").orElse(JsonObject.EMPTY));
            } else {
                ledger.fail(attempt, answer.status());
            }
            return Optional.of(answer);
        } catch (PeerUnreachable e) {
            ledger.unknown(attempt, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * Sends a transaction, and again under the same ID, until it is answered 200, as a server does.
     *
     * @return how often it was sent
     * @throws IllegalStateException if there is no 200 within the limit
     */
    public int sendUntilAnswered(ServerName destination, String txnId, List<Pdu> pdus, Duration limit)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (int times = 1; ; times++) {
            Optional<FederationPeer.Answer> answer = send(destination, txnId, pdus);
            if (answer.filter(it -> it.status() == 200).isPresent()) {
                return times;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "no 200 for transaction " + txnId + " within " + limit.toSeconds() + " s, but " + answer);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private void acknowledged(long attempt, JsonObject pdus) {
        List<EventId> taken = new ArrayList<>();
        Map<EventId, String> refused = new TreeMap<>();
        for (String id : pdus.names()) {
            Optional<String> error = pdus.object(id).flatMap(result -> result.string("error"));
            if (error.isPresent()) {
                refused.put(new EventId(id), error.get());
            } else {
                taken.add(new EventId(id));
            }
        }
        ledger.ack(attempt, taken, refused);
    }
}
