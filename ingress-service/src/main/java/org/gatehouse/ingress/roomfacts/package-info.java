/**
 * What the gate has to know of each room, held whole in memory from the compacted topic room-facts.
 */
@NullMarked
package org.gatehouse.ingress.roomfacts;

import org.jspecify.annotations.NullMarked;
