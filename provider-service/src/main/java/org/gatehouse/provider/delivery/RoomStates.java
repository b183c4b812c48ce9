package org.gatehouse.provider.delivery;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.RoomId;

/** The current state of the rooms of hosted users. */
public interface RoomStates {

    /** Empty if no verdict of the room was delivered. */
    List<Pdu> all(RoomId roomId);

    List<Pdu> ofType(RoomId roomId, String type);

    Optional<Pdu> find(RoomId roomId, StateKey slot);

    void apply(StateUpdate update);
}
