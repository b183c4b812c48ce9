/**
 * Signed requests between servers (Server-Server API, "Request Authentication"): what is signed, and the {@code
 * Authorization: X-Matrix} header that carries the signature. Which keys to trust and whether the destination is one of
 * ours is decided by the caller.
 */
@NullMarked
package org.gatehouse.matrix.request;

import org.jspecify.annotations.NullMarked;
