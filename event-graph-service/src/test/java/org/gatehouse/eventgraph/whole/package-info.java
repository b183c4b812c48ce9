/** The service as it runs, with a real Kafka and a real Cassandra. */
@NullMarked
package org.gatehouse.eventgraph.whole;

import org.jspecify.annotations.NullMarked;
