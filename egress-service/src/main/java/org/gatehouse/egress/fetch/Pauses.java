package org.gatehouse.egress.fetch;

import java.time.Duration;

/** Waits on the calling thread. */
@FunctionalInterface
interface Pauses {
    void pause(Duration length) throws InterruptedException;
}
