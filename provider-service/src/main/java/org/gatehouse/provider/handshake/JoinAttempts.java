package org.gatehouse.provider.handshake;

import java.util.List;

/** The joins that were begun, so that none is left without an outcome. */
interface JoinAttempts {

    void begin(JoinAttempt attempt);

    void finish(JoinAttempt attempt, JoinAttempt.Outcome outcome);

    /** Those without an outcome. */
    List<JoinAttempt> open();
}
