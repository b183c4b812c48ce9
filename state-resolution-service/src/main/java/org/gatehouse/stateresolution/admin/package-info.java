/** What operators may look at, on the management port. */
@NullMarked
package org.gatehouse.stateresolution.admin;

import org.jspecify.annotations.NullMarked;
