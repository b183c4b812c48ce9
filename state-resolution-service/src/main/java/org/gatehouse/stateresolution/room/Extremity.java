package org.gatehouse.stateresolution.room;

import org.gatehouse.matrix.identifier.EventId;

/**
 * A forward extremity: an accepted event without accepted children.
 *
 * @param stateAfter version of the state after it
 */
public record Extremity(EventId eventId, long depth, long stateAfter) {}
