package org.gatehouse.matrix.stateres;

import org.gatehouse.matrix.authrule.AuthVerdict;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;

/** One step of the iterative auth checks: an event, its slot, and whether the state so far took it. */
public record AppliedEvent(EventId eventId, StateKey slot, AuthVerdict verdict) {}
