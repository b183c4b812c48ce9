/**
 * Filling gaps, on the graph's wish. {@link org.gatehouse.egress.fetch.FillGap} walks back from the event that waits
 * by get_missing_events, and where that does not reach what the graph knows, takes the state before the oldest parents
 * from the same server as a seed. What it finds it checks and logs; then it logs the outcome, whatever came. It asks
 * one server, within one deadline, on a worker pool of its own, so that a slow server delays nobody but its own room.
 */
@NullMarked
package org.gatehouse.egress.fetch;

import org.jspecify.annotations.NullMarked;
