/**
 * How fast the rules of Matrix are, measured with JMH. Each class measures one thing and, in the same run, what it is to
 * be compared with; {@code benchmarks/run.sh} runs them, docs/performance.md says what came out.
 */
@NullMarked
package org.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;
