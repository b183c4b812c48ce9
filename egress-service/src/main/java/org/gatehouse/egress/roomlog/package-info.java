/** Writing to rooms' logs what was fetched and checked. */
@NullMarked
package org.gatehouse.egress.roomlog;

import org.jspecify.annotations.NullMarked;
