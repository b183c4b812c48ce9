/**
 * A room's graph as a function of its log: which events are connected, in which order, which wait and for what. Pure:
 * no clock, no I/O, no randomness. {@link org.gatehouse.eventgraph.room.RoomGraph} takes one record after another and
 * answers each with a {@link org.gatehouse.eventgraph.room.Step}: the rows to store and the records to publish.
 */
@NullMarked
package org.gatehouse.eventgraph.room;

import org.jspecify.annotations.NullMarked;
