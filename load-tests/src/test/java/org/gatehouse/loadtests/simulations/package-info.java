/** Gatling simulations: arrival rates that do not wait for answers. They run only when asked for. */
@NullMarked
package org.gatehouse.loadtests.simulations;

import org.jspecify.annotations.NullMarked;
