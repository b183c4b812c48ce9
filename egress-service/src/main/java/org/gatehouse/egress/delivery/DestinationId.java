package org.gatehouse.egress.delivery;

import org.gatehouse.matrix.identifier.ServerName;

/**
 * Who sends to whom: transactions of different senders know nothing of each other.
 *
 * @param origin the hosted server name in whose name it is sent
 */
record DestinationId(ServerName destination, ServerName origin) {}
