package org.gatehouse.provider.delivery;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * What became different in a room's current state.
 *
 * @param whole whether everything else leaves the state
 */
public record StateUpdate(RoomId roomId, String roomVersion, Place place, boolean whole, List<Slot> slots) {

    public StateUpdate {
        slots = List.copyOf(slots);
    }

    /** A slot and what fills it now, if anything does. */
    public record Slot(StateKey key, Optional<Filling> filling) {}

    public record Filling(EventId eventId, PduBytes pdu) {}
}
