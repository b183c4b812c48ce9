/** How egress-service is set up, and the objects that all its features share. */
@NullMarked
package org.gatehouse.egress.config;

import org.jspecify.annotations.NullMarked;
