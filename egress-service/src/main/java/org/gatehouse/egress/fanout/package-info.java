/**
 * Who gets an event. {@link org.gatehouse.egress.fanout.FanOut} reads a verdict and says which servers; the consumer
 * writes one record for each shard of destinations to the topic outbound.
 */
@NullMarked
package org.gatehouse.egress.fanout;

import org.jspecify.annotations.NullMarked;
