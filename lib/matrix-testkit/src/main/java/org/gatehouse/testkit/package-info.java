/**
 * Other servers, for tests and load tests: {@link org.gatehouse.testkit.PeerIdentity} has a name and a key and signs as a
 * real server does, {@link org.gatehouse.testkit.FederationPeer} answers and asks over HTTPS, {@link
 * org.gatehouse.testkit.SyntheticFederation} is many of them behind one listener, {@link org.gatehouse.testkit.PeerRoom} is a peer's own view of a room and builds its next events.
 */
@NullMarked
package org.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
