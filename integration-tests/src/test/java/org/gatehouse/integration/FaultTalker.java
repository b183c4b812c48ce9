package org.gatehouse.integration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;
import org.gatehouse.testkit.fault.Ledger;
import org.gatehouse.testkit.fault.LedgeredPeer;

/**
 * A peer whose user talks in several rooms at once, on a thread of its own: one transaction after another, two messages a
 * room in each, and each repeated until it is answered 200. Everything is in the ledger.
 */
final class FaultTalker implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MESSAGES = 2;

    private final ServerName server;
    private final FederationPeer peer = Clusters.peer();
    private final UserId user = peer.identity().user("talker");
    private final LedgeredPeer ledgered;
    private final Ledger ledger;
    private final List<PeerRoom> rooms = new ArrayList<>();
    private final Thread thread = new Thread(this::talk, "talker");
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean enough;
    private volatile Optional<Throwable> failure = Optional.empty();

    FaultTalker(ServerName server, Ledger ledger) {
        this.server = server;
        this.ledger = ledger;
        this.ledgered = new LedgeredPeer(peer, ledger);
    }

    /** Before it talks. */
    void join(RoomId roomId) {
        PeerRoom room = peer.join(server, roomId, user);
        List<EventId> join = room.heads();
        ledger.ack(ledger.attempt(peer.name(), "send_join", join), join, Map.of());
        rooms.add(room);
    }

    void start() {
        thread.start();
    }

    /** Returns when its last transaction was answered. */
    void finish() throws InterruptedException {
        enough = true;
        thread.join(PATIENCE.toMillis());
        if (thread.isAlive() || failure.isPresent()) {
            throw new AssertionError("a talker did not get to its end", failure.orElse(null));
        }
    }

    FederationPeer peer() {
        return peer;
    }

    List<PeerRoom> rooms() {
        return List.copyOf(rooms);
    }

    /** How many of its transactions were answered 200 until now. */
    int answered() {
        return answered.get();
    }

    private void talk() {
        try {
            for (int number = 0; !enough; number++) {
                List<Pdu> messages = new ArrayList<>();
                for (int i = 0; i < MESSAGES; i++) {
                    for (PeerRoom room : rooms) {
                        messages.add(room.message(user, "message " + i + " of transaction " + number));
                    }
                }
                ledgered.sendUntilAnswered(server, "talk-" + number, messages, PATIENCE);
                answered.incrementAndGet();
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException | RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    @Override
    public void close() {
        enough = true;
        thread.interrupt();
        peer.close();
    }
}
