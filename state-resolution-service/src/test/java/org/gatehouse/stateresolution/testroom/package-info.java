/** Rooms made of really signed events, and a judge around stores in memory, for tests. */
@NullMarked
package org.gatehouse.stateresolution.testroom;

import org.jspecify.annotations.NullMarked;
