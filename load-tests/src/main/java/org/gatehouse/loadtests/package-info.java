/**
 * Load from outside: {@link org.gatehouse.loadtests.SyntheticServer} is another homeserver that makes its transactions
 * ahead of time, {@link org.gatehouse.loadtests.Measure} starts a cluster and tells how many PDUs a second it brings to a
 * verdict and which process the CPU goes to.
 */
@NullMarked
package org.gatehouse.loadtests;

import org.jspecify.annotations.NullMarked;
