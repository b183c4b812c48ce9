package org.gatehouse.egress.fetch;

import java.util.Collection;
import java.util.Map;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;

/** Which events the cluster has. */
interface KnownEvents {

    /** Those of the events that the graph has in any form. */
    Map<EventId, Known> find(Collection<EventId> ids);

    /** @param connected whether it has its place in the graph; else it is known as an auth event only */
    record Known(Pdu pdu, boolean connected) {}
}
