/**
 * Faults, and whether they did harm. {@link org.gatehouse.testkit.fault.Ledger} remembers what was sent and what was answered,
 * {@link org.gatehouse.testkit.fault.FaultProxy} and {@link org.gatehouse.testkit.fault.Victim} disturb the network and
 * processes, and {@link org.gatehouse.testkit.fault.Auditor} joins the ledger with what was stored and what was delivered, and
 * tells each {@link org.gatehouse.testkit.fault.Invariant} that does not hold.
 */
@NullMarked
package org.gatehouse.testkit.fault;

import org.jspecify.annotations.NullMarked;
