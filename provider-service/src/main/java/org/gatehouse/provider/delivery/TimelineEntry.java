package org.gatehouse.provider.delivery;

import java.util.List;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.RoomVersions;

/**
 * An accepted event in its room's order.
 *
 * @param ordinal the event's number in the room; numbers of events that were not accepted are missing
 * @param historyVisibility of the state after it
 * @param joinSeed whether it is our own join through another server: what came before it we do not have
 * @param inState whether it changed the current state
 * @param merged state events that came into the current state with it, by the resolution of a fork
 */
public record TimelineEntry(
        RoomId roomId,
        String roomVersion,
        long ordinal,
        EventId eventId,
        Place place,
        String historyVisibility,
        boolean joinSeed,
        boolean inState,
        PduBytes pdu,
        List<PduBytes> merged) {

    public TimelineEntry {
        merged = List.copyOf(merged);
    }

    public Pdu event() {
        return StoredPdus.read(RoomVersions.require(roomVersion), eventId, pdu.canonical());
    }

    public List<Pdu> mergedEvents() {
        return merged.stream()
                .map(bytes -> StoredPdus.read(RoomVersions.require(roomVersion), bytes.canonical()))
                .toList();
    }
}
