/**
 * Server access control lists (Client-Server API, {@code m.room.server_acl}): which servers may talk to us about a
 * room. They guard the network, never the event graph: no auth rule asks them.
 */
@NullMarked
package org.gatehouse.matrix.acl;

import org.jspecify.annotations.NullMarked;
