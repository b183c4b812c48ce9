/**
 * Checks 1 to 3 of what other servers give us, as ingress makes them of what is pushed: nothing that egress logs has
 * not passed {@link org.gatehouse.egress.verification.CheckEvents}. The keys for a whole answer are fetched in one go.
 */
@NullMarked
package org.gatehouse.egress.verification;

import org.jspecify.annotations.NullMarked;
