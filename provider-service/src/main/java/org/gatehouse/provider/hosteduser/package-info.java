/**
 * The users that live here: registration, access tokens (kept as hashes), who am I, and what the server can do.
 */
@NullMarked
package org.gatehouse.provider.hosteduser;

import org.jspecify.annotations.NullMarked;
