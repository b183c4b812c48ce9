/**
 * The provider's door. Hosted users and application services act here ({@code hosteduser}, {@code appservice},
 * {@code room}), their events are built one after another ({@code authoring}), joins and invites of other servers' rooms
 * are driven ({@code handshake}), and what the judge accepted comes back to them ({@code delivery}, {@code sync}).
 */
@NullMarked
package org.gatehouse.provider;

import org.jspecify.annotations.NullMarked;
