/** The one log a room, as the gate in writes it. */
@NullMarked
package org.gatehouse.ingress.pdulog;

import org.jspecify.annotations.NullMarked;
