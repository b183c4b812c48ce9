package org.gatehouse.provider.handshake;

import org.gatehouse.matrix.identifier.EventId;

/** Asks event-graph what is in the graph. */
interface KnownEvents {

    boolean isConnected(EventId eventId);
}
