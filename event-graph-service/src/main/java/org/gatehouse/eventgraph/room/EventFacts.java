package org.gatehouse.eventgraph.room;

import java.util.LinkedHashSet;
import java.util.List;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.event.MalformedEvent;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.roomversion.UnknownRoomVersion;

/**
 * What the graph needs to know of an event.
 *
 * @param parents its prev_events, each once
 * @param authEvents its auth events, each once; since room version 12 with the create event that the room ID implies
 */
public record EventFacts(
        EventId eventId, String roomVersion, List<EventId> parents, List<EventId> authEvents, long depth) {

    public EventFacts {
        parents = List.copyOf(new LinkedHashSet<>(parents));
        authEvents = List.copyOf(new LinkedHashSet<>(authEvents));
    }

    /**
     * Reads an event that was verified before it was logged.
     *
     * @throws UnreadableRecord if the bytes are no event of that room
     */
    public static EventFacts read(RoomId roomId, String roomVersion, EventId eventId, PduBytes bytes) {
        Pdu pdu;
        try {
            pdu = StoredPdus.read(RoomVersions.require(roomVersion), eventId, bytes.canonical());
        } catch (MalformedEvent | MalformedJson | UnknownRoomVersion e) {
            throw new UnreadableRecord("no event of room version " + roomVersion + " in the bytes of " + eventId, e);
        }
        if (!pdu.roomId().equals(roomId)) {
            throw new UnreadableRecord(eventId + " is of room " + pdu.roomId() + ", its record of " + roomId);
        }
        return new EventFacts(eventId, roomVersion, pdu.prevEvents(), pdu.effectiveAuthEvents(), pdu.depth());
    }
}
