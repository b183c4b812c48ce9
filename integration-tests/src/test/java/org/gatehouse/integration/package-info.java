/**
 * Whole clusters on real Kafka and Cassandra, started once for all tests of a run, and used from outside: by clients at
 * the client door, by peers at the federation door.
 */
@NullMarked
package org.gatehouse.integration;

import org.jspecify.annotations.NullMarked;
