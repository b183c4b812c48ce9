package org.gatehouse.ingress.surface;

import io.smallrye.mutiny.Uni;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/** Which servers are in a room. */
interface RoomMembers {

    /** Whether a user of the server is joined to the room now; false if the room is unknown. */
    Uni<Boolean> isIn(RoomId roomId, ServerName server);
}
