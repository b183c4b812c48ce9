/**
 * Memberships that another server has to agree to: our joins through a resident server, invites of its users, and the
 * rejection of its invites.
 */
@NullMarked
package org.gatehouse.provider.handshake;

import org.jspecify.annotations.NullMarked;
