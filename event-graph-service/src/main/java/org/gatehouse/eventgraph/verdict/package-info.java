/** What the judge decided of each connected event, kept beside the room's log. */
@NullMarked
package org.gatehouse.eventgraph.verdict;

import org.jspecify.annotations.NullMarked;
