/** The two topics that the service consumes: records are taken in, batched by room, worked, acknowledged. */
@NullMarked
package org.gatehouse.eventgraph.intake;

import org.jspecify.annotations.NullMarked;
