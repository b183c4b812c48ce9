/**
 * The road through Kafka: publishing so that an acknowledgement means durable, working records one after another in a
 * room and side by side between rooms, reading ranges of bulk records, waiting for verdicts, and quarantine for what
 * cannot be worked.
 */
@NullMarked
package org.gatehouse.runtime.log;

import org.jspecify.annotations.NullMarked;
