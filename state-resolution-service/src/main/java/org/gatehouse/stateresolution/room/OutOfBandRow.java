package org.gatehouse.stateresolution.room;

import org.gatehouse.matrix.identifier.UserId;

/**
 * What became of one out-of-band membership.
 *
 * @param kept whether it changed the user's pending membership; if not, nobody is told
 * @param cause offset of its record in pdu-connected
 */
public record OutOfBandRow(UserId userId, long cause, boolean kept, String membership, String eventId) {}
