package org.gatehouse.cluster;

import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * A policy server's word on an event that lacks it. What becomes of it is a {@link ReceivedRecord.PolicyAnswer}.
 *
 * @param eventId the event that waits for it
 * @param policy who is to be asked, and by which key the answer must verify
 */
public record PolicyWish(RoomId roomId, String roomVersion, EventId eventId, PolicyServer policy, PduBytes pdu)
        implements GraphWish {}
