/**
 * Which request an event came with: the id of a W3C trace, taken or made at the door, carried from record to record in
 * the Kafka header {@code traceparent} and shown in each log line. Nothing decides by it, and where it is lost nothing is.
 */
@NullMarked
package org.gatehouse.runtime.trace;

import org.jspecify.annotations.NullMarked;
