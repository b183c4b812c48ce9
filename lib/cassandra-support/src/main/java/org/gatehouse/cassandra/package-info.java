/**
 * What every service that keeps something needs of Cassandra: one session on its own keyspace, the stamp that guards a
 * head against stale writers, and the migrations that make the tables. Services never run migrations: the launcher or
 * a Job does, and a service whose schema is behind says so in its readiness ({@link
 * org.gatehouse.cassandra.SchemaReady}).
 */
@NullMarked
package org.gatehouse.cassandra;

import org.jspecify.annotations.NullMarked;
