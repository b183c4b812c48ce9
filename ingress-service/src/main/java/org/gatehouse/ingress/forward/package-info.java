/**
 * Reads of other servers, handed to the service that owns the data, with the verified origin.
 */
@NullMarked
package org.gatehouse.ingress.forward;

import org.jspecify.annotations.NullMarked;
