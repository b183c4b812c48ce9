package org.gatehouse.ingress.admission;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a request may go on.
 *
 * @param delay before it goes on; if it may not, when it is worth trying again
 * @param refusedBy the rule that it failed, such as {@code origin-rate}
 */
record Decision(Duration delay, Optional<String> refusedBy) {

    static Decision after(Duration delay) {
        return new Decision(delay, Optional.empty());
    }

    static Decision refused(String rule, Duration retryAfter) {
        return new Decision(retryAfter, Optional.of(rule));
    }

    boolean isAdmitted() {
        return refusedBy.isEmpty();
    }
}
