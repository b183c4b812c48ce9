/**
 * Ephemeral data units: what servers tell each other that is not part of a room's history (Server-Server API, "EDUs" and
 * the sections of the six types). {@link org.gatehouse.matrix.edu.Edus} reads one against the server that sent it: the
 * users in it must be that server's, what is optional may be missing, what is malformed is refused with a reason. Whether
 * the server is in the room, and whether the room's access list admits it, is asked by the caller, who knows the room.
 */
@NullMarked
package org.gatehouse.matrix.edu;

import org.jspecify.annotations.NullMarked;
