/**
 * The service's tables. All statements are idempotent; rows of one partition go in one unlogged batch, as far as the
 * batch size of an untuned Cassandra allows.
 */
@NullMarked
package org.gatehouse.eventgraph.cassandra;

import org.jspecify.annotations.NullMarked;
