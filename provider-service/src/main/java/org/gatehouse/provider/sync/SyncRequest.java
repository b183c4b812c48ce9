package org.gatehouse.provider.sync;

import java.util.Optional;
import org.gatehouse.matrix.identifier.UserId;

/**
 * What a client wants to know.
 *
 * @param since what it has seen; empty for everything
 * @param timelineLimit how many events of a room it wants at most
 */
record SyncRequest(UserId userId, Optional<SyncToken> since, boolean fullState, int timelineLimit) {}
