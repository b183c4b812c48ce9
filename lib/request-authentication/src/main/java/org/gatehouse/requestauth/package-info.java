/**
 * Who asks? A request of another Matrix server bears a signature over its method, target, destination and content
 * (Server-Server API, "Request Authentication"). {@link org.gatehouse.requestauth.AuthenticationFilter} stands before
 * every resource that is marked {@link org.gatehouse.requestauth.FederationAuthenticated}; what it has found out is in
 * {@link org.gatehouse.requestauth.FederationRequest}. A signature has no nonce: a captured request can be sent again
 * to the same target, so whatever is behind the filter must be idempotent.
 */
@NullMarked
package org.gatehouse.requestauth;

import org.jspecify.annotations.NullMarked;
