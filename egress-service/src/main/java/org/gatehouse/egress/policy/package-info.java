/**
 * Asking policy servers: {@link org.gatehouse.egress.policy.AskPolicyServer} shows a server one event and takes its
 * signature, its refusal, or that it does not answer. On the graph's wish the outcome is always logged, so that no event
 * waits for ever; for an event of ours it goes back to provider-service, which has logged nothing yet.
 */
@NullMarked
package org.gatehouse.egress.policy;

import org.jspecify.annotations.NullMarked;
