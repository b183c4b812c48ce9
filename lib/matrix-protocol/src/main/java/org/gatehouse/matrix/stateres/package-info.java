/**
 * State resolution, versions 1, 2 and 2.1, in the words of the specification: the {@link
 * org.gatehouse.matrix.stateres.ConflictedState}, the auth difference, the conflicted state subgraph, the power ordering,
 * the mainline ordering, the iterative auth checks. {@link org.gatehouse.matrix.stateres.StateMap} is the persistent map
 * that makes comparing two states cost what differs; {@link org.gatehouse.matrix.stateres.RoomAuthGraph} numbers a room's
 * events, so that all else is done on ints. Everything is a function of its arguments: no clock, no I/O, no hash order,
 * no recursion over events.
 */
@NullMarked
package org.gatehouse.matrix.stateres;

import org.jspecify.annotations.NullMarked;
