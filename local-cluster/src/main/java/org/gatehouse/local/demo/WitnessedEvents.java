package org.gatehouse.local.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gatehouse.local.ClusterProblem;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PeerRoom;

/** The events of a room that reached the witness in transactions, and the graph that they make. */
final class WitnessedEvents {

    private final FederationPeer witness;
    private final PeerRoom room;
    private final RoomVersion version;

    WitnessedEvents(FederationPeer witness, PeerRoom room) {
        this.witness = witness;
        this.room = room;
        this.version = room.version();
    }

    /** Waits until an event has arrived. */
    Pdu await(EventId id, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            Pdu event = arrived().get(id);
            if (event != null) {
                return event;
            }
            pause();
        }
        throw new ClusterProblem("The witness has not been sent " + id + " within " + limit.toSeconds() + " s.");
    }

    /** The events that no other event has as a parent. */
    Set<EventId> forwardExtremities() {
        Set<EventId> heads = new LinkedHashSet<>(arrived().keySet());
        arrived().values().forEach(event -> event.prevEvents().forEach(heads::remove));
        return heads;
    }

    /** The newest events, a line each: the ID's first characters, the parents', and what it is. */
    List<String> drawTail(int count) {
        List<Pdu> all = new ArrayList<>(arrived().values());
        Set<EventId> heads = forwardExtremities();
        List<String> lines = new ArrayList<>();
        for (Pdu event : all.subList(Math.max(0, all.size() - count), all.size())) {
            String parents = String.join(
                    ", ",
                    event.prevEvents().stream().map(WitnessedEvents::brief).toList());
            lines.add("%s %s  <-- %-22s %s by %s"
                    .formatted(
                            heads.contains(event.eventId()) ? "*" : "o",
                            brief(event.eventId()),
                            parents,
                            what(event),
                            event.sender()));
        }
        return lines;
    }

    private Map<EventId, Pdu> arrived() {
        Map<EventId, Pdu> events = new LinkedHashMap<>();
        for (JsonObject json : witness.receivedPdus()) {
            if (json.string("room_id").filter(room.roomId().toString()::equals).isPresent()) {
                Pdu event = StoredPdus.of(version, json.without("unsigned"));
                events.put(event.eventId(), event);
            }
        }
        return events;
    }

    private static String what(Pdu event) {
        return event.content()
                .string("topic")
                .map(topic -> "topic \"" + topic + "\"")
                .or(() -> event.content().string("body").map(body -> "\"" + body + "\""))
                .orElse(event.type());
    }

    private static String brief(EventId id) {
        return id.toString().substring(0, 9);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterProblem("Interrupted.", e);
        }
    }
}
