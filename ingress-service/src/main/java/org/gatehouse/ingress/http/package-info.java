/**
 * The listener of the federation door, and what it asks of a request before anything else looks at it: a head that is
 * short, complete and unambiguous, a body that is not too large and not too slow, a connection that is one of few. Who
 * fails here has cost a few bytes of memory and no key, room or signature was looked at.
 */
@NullMarked
package org.gatehouse.ingress.http;

import org.jspecify.annotations.NullMarked;
