/**
 * The demo: {@link org.gatehouse.local.demo.Demo} starts two clusters on temporary data and ports of its own, lets them
 * have a {@link org.gatehouse.local.demo.Conversation}, and stops everything. It uses the clusters from outside, as any
 * client and any peer would; no service knows of it.
 */
@NullMarked
package org.gatehouse.local.demo;

import org.jspecify.annotations.NullMarked;
