package org.gatehouse.eventgraph.connect;

import java.util.Optional;
import org.gatehouse.eventgraph.room.RoomHead;
import org.gatehouse.matrix.identifier.RoomId;

/** Where each room's graph stands. Of two heads of a room the one with the later stamp stays, whoever writes last. */
public interface RoomHeads {

    Optional<RoomHead> read(RoomId roomId);

    void store(RoomId roomId, RoomHead head);
}
