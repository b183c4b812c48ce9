/** What operators see of a room's graph, on the management port: no content of events. */
@NullMarked
package org.gatehouse.eventgraph.admin;

import org.jspecify.annotations.NullMarked;
