/**
 * Works the log of each room: reads what {@link org.gatehouse.eventgraph.room.RoomGraph} needs to know, has it take the
 * records, stores what follows and publishes it. In this order: rows, then the head, then the outputs, then the record
 * is acknowledged; whoever is cut off in between does the same again, with the same result.
 */
@NullMarked
package org.gatehouse.eventgraph.connect;

import org.jspecify.annotations.NullMarked;
