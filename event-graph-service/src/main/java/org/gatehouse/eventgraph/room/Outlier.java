package org.gatehouse.eventgraph.room;

import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** An event that is known only because others cite it as an auth event, or as a part of a seed. */
public record Outlier(RoomId roomId, String roomVersion, EventId eventId, HeadStamp cause, PduBytes pdu) {}
