/**
 * The only way out. {@link org.gatehouse.egress.connection.GuardedHttp} is the one class of the project that opens
 * connections to the Internet: it looks a route's hosts up, lets {@link
 * org.gatehouse.egress.connection.AddressGuard} judge each address, connects to exactly the address that was judged,
 * verifies the certificate, and stops at a number of bytes and at a moment in time. Whoever calls it waits, on a
 * worker thread.
 */
@NullMarked
package org.gatehouse.egress.connection;

import org.jspecify.annotations.NullMarked;
