/**
 * The outgoing half of membership handshakes: a template from a resident server, our signed event to it, its answer
 * checked. A template is material, never an event ({@link org.gatehouse.egress.membership.MembershipTemplate}); an
 * answer to send_join is a stranger's word on a whole room ({@link org.gatehouse.egress.membership.JoinAnswer}).
 */
@NullMarked
package org.gatehouse.egress.membership;

import org.jspecify.annotations.NullMarked;
