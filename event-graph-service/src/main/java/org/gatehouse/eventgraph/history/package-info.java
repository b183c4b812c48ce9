/**
 * What other servers and our own services may read of the graph: single events, history backwards from an event, the
 * events between two points. Other servers see what the judge lets them see.
 */
@NullMarked
package org.gatehouse.eventgraph.history;

import org.jspecify.annotations.NullMarked;
