package org.gatehouse.provider.sync;

import java.util.List;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.provider.delivery.Membership;

/** The state of a room when its user left it. */
interface StateAtLeave {

    /**
     * The state as the user saw it last, with its own leave.
     *
     * @param membership of a user who is out of the room
     */
    List<Pdu> events(Membership membership);
}
