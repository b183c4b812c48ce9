package org.gatehouse.matrix.stateres;

import java.util.Optional;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;

/** One slot in which two states differ; an absent side means that this state has nothing there. */
public record StateChange(StateKey key, Optional<EventId> before, Optional<EventId> after) {}
