package org.gatehouse.egress.delivery;

import java.time.Duration;

/** How long a destination is left alone: the first time, doubled with each failure, up to the longest. */
record BackOff(Duration first, Duration longest) {

    Duration after(int failures) {
        long millis = first.toMillis();
        for (int i = 1; i < failures && millis < longest.toMillis(); i++) {
            millis *= 2;
        }
        return Duration.ofMillis(Math.min(millis, longest.toMillis()));
    }
}
