package org.gatehouse.ingress.admission;

import java.time.Duration;

/** Small limits, so that a test reaches them. */
record Settings(int concurrency, int originConcurrency, int originRate, int originBurst, Duration longestTurn)
        implements AdmissionConfig {

    @Override
    public long lagLow() {
        return 1_000;
    }

    @Override
    public long lagHigh() {
        return 11_000;
    }

    @Override
    public Duration longestHold() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration answerWithin() {
        return Duration.ofSeconds(20);
    }
}
