/**
 * The start of a service. {@link org.gatehouse.runtime.start.ServiceMain} looks at the configuration before anything else
 * is started, so that a mistake ends in sentences and not in a stack trace, and before the instance takes work from
 * others; then Kafka is waited for, and the topics must be those whose offsets the store knows.
 */
@NullMarked
package org.gatehouse.runtime.start;

import org.jspecify.annotations.NullMarked;
