package org.gatehouse.stateresolution.room;

import org.gatehouse.matrix.identifier.UserId;

/** A join of a hosted user through another server that has begun and not ended. */
public record JoinAttempt(String attemptId, UserId userId) {}
