/** The keys that the events at hand are signed with: asked of key-service in one call, kept for a while. */
@NullMarked
package org.gatehouse.ingress.eventkeys;

import org.jspecify.annotations.NullMarked;
