package org.gatehouse.stateresolution.room;

import org.gatehouse.matrix.identifier.UserId;

/**
 * What became of one out-of-band membership.
 *
 * @param loggedAt offset of its record in the room's log, pdu-received
 * @param kept whether it changed the user's pending membership; if not, nobody is told
 * @param cause offset of its record in pdu-connected
 */
public record OutOfBandRow(UserId userId, long loggedAt, long cause, boolean kept, String membership, String eventId) {}
