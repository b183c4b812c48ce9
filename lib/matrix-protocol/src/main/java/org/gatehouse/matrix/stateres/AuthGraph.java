package org.gatehouse.matrix.stateres;

import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;

/** The state events of a room and all that they cite, as far as a resolution asks. Answers must not change under it. */
public interface AuthGraph {

    /**
     * The event with this ID.
     *
     * @throws MissingAuthEvent if it is not at hand
     */
    Pdu event(EventId id);

    /** Whether the event was rejected on receipt, for whatever reason. */
    boolean isRejected(EventId id);
}
