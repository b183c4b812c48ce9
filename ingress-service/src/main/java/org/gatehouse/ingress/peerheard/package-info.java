/** Tells egress-service which servers are alive, so that it tries them again. */
@NullMarked
package org.gatehouse.ingress.peerheard;

import org.jspecify.annotations.NullMarked;
