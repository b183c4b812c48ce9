@NullMarked
package org.gatehouse.eventgraph.connect;

import org.jspecify.annotations.NullMarked;
