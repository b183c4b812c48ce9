/**
 * Hosted names as policy servers, as other servers ask them: {@link org.gatehouse.ingress.policy.SignForPeer} finds out
 * whether the room is under the policy of the addressed name, and leaves the judgement to key-service.
 */
@NullMarked
package org.gatehouse.ingress.policy;

import org.jspecify.annotations.NullMarked;
