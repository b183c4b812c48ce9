/**
 * The judge: which events of a room stand, and what the room's state is. It works pdu-connected in the order of each
 * room, tells its verdicts on pdu-judged, and answers questions about the state of rooms.
 */
@NullMarked
package org.gatehouse.stateresolution;

import org.jspecify.annotations.NullMarked;
