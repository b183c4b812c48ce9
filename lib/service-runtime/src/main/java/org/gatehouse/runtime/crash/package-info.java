/**
 * Places where a test may have a service end as if it were killed. {@link org.gatehouse.runtime.crash.CrashPoint#reach} stands
 * between two effects; the process that was started with {@code -Dcrash.at=NAME:k} halts when it comes there for the k-th
 * time, any other goes on at the price of one constant. The names are in docs/crash-points.md.
 */
@NullMarked
package org.gatehouse.runtime.crash;

import org.jspecify.annotations.NullMarked;
