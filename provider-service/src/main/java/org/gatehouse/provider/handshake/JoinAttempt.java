package org.gatehouse.provider.handshake;

import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/** One try to join through one server. */
record JoinAttempt(String attemptId, RoomId roomId, UserId userId, String roomVersion, EventId eventId, long begunMs) {

    enum Outcome {
        DONE,
        FAILED
    }
}
