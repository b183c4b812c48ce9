/**
 * Where another server is. {@link org.gatehouse.egress.discovery.ServerDiscovery} is the decision table of the
 * specification ("Resolving server names"), over two ports that can be answered without a network: the delegation
 * that a host publishes in its well-known file, and SRV records. What it finds is a {@link
 * org.gatehouse.egress.discovery.ServerRoute}: where to connect, which Host header to send and whose certificate to
 * ask for. Which addresses may be connected to is not decided here but in {@code connection}, at the moment of
 * connecting.
 */
@NullMarked
package org.gatehouse.egress.discovery;

import org.jspecify.annotations.NullMarked;
