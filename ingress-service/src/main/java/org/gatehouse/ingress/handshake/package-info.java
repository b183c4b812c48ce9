/**
 * Membership handshakes of other servers: joins and leaves through us, invites of hosted users. Each event is
 * checked, logged, and answered when the judge has spoken.
 */
@NullMarked
package org.gatehouse.ingress.handshake;

import org.jspecify.annotations.NullMarked;
