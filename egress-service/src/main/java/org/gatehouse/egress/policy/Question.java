package org.gatehouse.egress.policy;

import org.gatehouse.cluster.PolicyServer;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/** An event that a policy server is to be shown, as it travels between servers. */
record Question(RoomId roomId, RoomVersion version, EventId eventId, JsonObject event, PolicyServer policy) {}
