/**
 * State resolution, versions 2 (rooms of version 10 and 11) and 2.1 (version 12), in the words of the specification:
 * the {@link org.gatehouse.matrix.stateres.ConflictedState}, the auth difference, the conflicted state subgraph, the
 * power ordering, the mainline ordering, the iterative auth checks; and {@link org.gatehouse.matrix.stateres.StateMap},
 * the persistent map that makes comparing two states cost what differs. Everything is a function of its arguments:
 * no clock, no I/O, no hash order, no recursion over events. Inside one resolution events are small integers.
 */
@NullMarked
package org.gatehouse.matrix.stateres;

import org.jspecify.annotations.NullMarked;
