package org.gatehouse.provider.sync;

import java.util.List;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.provider.delivery.Membership;

/** The state of a room when its user left it. */
interface StateAtLeave {

    /** @param membership of a user who is out of the room */
    List<Pdu> events(Membership membership);
}
