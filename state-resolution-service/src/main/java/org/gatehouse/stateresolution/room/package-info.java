/**
 * What the judge keeps of a room. A {@link org.gatehouse.stateresolution.room.Room} is the room in memory: its head
 * (current state, forward extremities), the versions of its state, the events that take part in authorisation, and who
 * is joined. All of it can be thrown away at any time and is read back, as it is asked for, from rows ({@link
 * org.gatehouse.stateresolution.room.RoomRows}). Rows are written once; a room's head alone changes.
 */
@NullMarked
package org.gatehouse.stateresolution.room;

import org.jspecify.annotations.NullMarked;
