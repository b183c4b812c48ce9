/**
 * Readiness: a service is ready when the topics that it names exist and its work is not held up by others.
 */
@NullMarked
package org.gatehouse.runtime.health;

import org.jspecify.annotations.NullMarked;
