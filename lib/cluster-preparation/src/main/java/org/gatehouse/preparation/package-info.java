/**
 * Makes what the services expect to find: the topics in Kafka, the keyspaces and tables in Cassandra. {@link
 * org.gatehouse.preparation.PrepareCluster} is a program that does both once and ends, on Kubernetes in a Job; the
 * launcher calls the same two steps. Running it again changes nothing, and two at once are safe.
 */
@NullMarked
package org.gatehouse.preparation;

import org.jspecify.annotations.NullMarked;
