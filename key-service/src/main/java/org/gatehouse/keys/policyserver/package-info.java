/**
 * Hosted names as policy servers (Server-Server API, "Policy Servers"), if the operator wants that:
 * {@link org.gatehouse.keys.policyserver.RecommendEvent} checks an event as on receipt, holds it against the operator's
 * rules, and signs it with a key that stands for nothing else.
 */
@NullMarked
package org.gatehouse.keys.policyserver;

import org.jspecify.annotations.NullMarked;
