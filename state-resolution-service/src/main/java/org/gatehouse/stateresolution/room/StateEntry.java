package org.gatehouse.stateresolution.room;

import java.util.Optional;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;

/**
 * One slot of a stored state or of a stored change.
 *
 * @param eventId empty in a change that clears the slot
 */
public record StateEntry(StateKey key, Optional<EventId> eventId, Membership membership) {}
