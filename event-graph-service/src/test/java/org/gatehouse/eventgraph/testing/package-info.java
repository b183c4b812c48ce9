/** In-memory ports that can be told to break, and logs made from a seed. */
@NullMarked
package org.gatehouse.eventgraph.testing;

import org.jspecify.annotations.NullMarked;
