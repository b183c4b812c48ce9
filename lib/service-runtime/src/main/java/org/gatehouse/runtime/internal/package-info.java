/**
 * Calls between services. Each service has one identity, carried by its certificate; a table says which identity may
 * call which operation ({@link org.gatehouse.runtime.internal.InternalOperation}), and the callee enforces it.
 */
@NullMarked
package org.gatehouse.runtime.internal;

import org.jspecify.annotations.NullMarked;
