package org.gatehouse.loadtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerIdentity;
import org.gatehouse.testkit.PeerRoom;

/**
 * A homeserver with one user in some rooms, who talks. Each message is on top of the one before it in its room, as those
 * of a server that nobody else interrupts. Not for several threads.
 */
public final class SyntheticServer {

    private final PeerIdentity identity;
    private final ServerName destination;
    private final UserId talker;
    private final List<PeerRoom> rooms;
    private final int bodyBytes;
    private int nextRoom;
    private int transactions;
    private int messages;

    /**
     * A server whose user is in these rooms already.
     *
     * @param destination who gets the transactions
     * @param bodyBytes length of a message's text at least
     */
    public SyntheticServer(
            PeerIdentity identity, ServerName destination, UserId talker, List<PeerRoom> rooms, int bodyBytes) {
        if (rooms.isEmpty()) {
            throw new IllegalArgumentException("a server needs a room to talk in");
        }
        this.identity = identity;
        this.destination = destination;
        this.talker = talker;
        this.rooms = List.copyOf(rooms);
        this.bodyBytes = bodyBytes;
    }

    /** Joins the rooms through a resident server, which will get the transactions. */
    public static SyntheticServer join(FederationPeer peer, ServerName resident, List<RoomId> rooms, int bodyBytes) {
        UserId talker = peer.identity().user("talker");
        List<PeerRoom> joined =
                rooms.stream().map(room -> peer.join(resident, room, talker)).toList();
        return new SyntheticServer(peer.identity(), resident, talker, joined, bodyBytes);
    }

    /**
     * The next transaction: messages that go round its rooms.
     *
     * @param pdus at most 50, the protocol's limit
     * @param width how many rooms it spans; the next transaction goes on with the room after them
     */
    public PreparedTransaction next(int pdus, int width) {
        List<EventId> ids = new ArrayList<>(pdus);
        List<JsonValue> events = new ArrayList<>(pdus);
        for (int i = 0; i < pdus; i++) {
            PeerRoom room = rooms.get((nextRoom + i % width) % rooms.size());
            Pdu message = room.message(talker, text());
            ids.add(message.eventId());
            events.add(message.json());
        }
        nextRoom = (nextRoom + width) % rooms.size();
        JsonObject body = JsonObject.EMPTY
                .with("origin", identity.name().toString())
                .with("origin_server_ts", System.currentTimeMillis())
                .with("pdus", JsonArray.of(events.toArray(JsonValue[]::new)));
        String target = "/_matrix/federation/v1/send/load-" + transactions++;
        return new PreparedTransaction(
                target,
                CanonicalJson.write(body),
                identity.authorization("PUT", target, destination, Optional.of(body)),
                ids);
    }

    private String text() {
        String text = "message %d of %s, of a usual length".formatted(messages++, talker);
        return text + "x".repeat(Math.max(0, bodyBytes - text.length()));
    }

    /** As many transactions, each over all rooms. */
    public List<PreparedTransaction> prepare(int count, int pdus) {
        List<PreparedTransaction> prepared = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            prepared.add(next(pdus, rooms.size()));
        }
        return prepared;
    }
}
