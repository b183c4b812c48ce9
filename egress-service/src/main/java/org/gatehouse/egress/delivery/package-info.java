/**
 * Sending events to other servers. The topic outbound is the queue; what Cassandra keeps for each destination is a
 * cursor and the one transaction under way, stored with its bytes before it is sent, so that whoever takes over sends
 * the same again under the same ID. {@link org.gatehouse.egress.delivery.Destination} is the state of one destination;
 * a destination that does not keep up is not held in memory but read from the topic again when it is back.
 */
@NullMarked
package org.gatehouse.egress.delivery;

import org.jspecify.annotations.NullMarked;
