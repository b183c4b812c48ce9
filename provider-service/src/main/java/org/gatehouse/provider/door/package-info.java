/**
 * Who knocks: access tokens and application services' tokens become a {@link org.gatehouse.provider.door.Requester},
 * bodies become JSON, and browsers get their CORS headers.
 */
@NullMarked
package org.gatehouse.provider.door;

import org.jspecify.annotations.NullMarked;
