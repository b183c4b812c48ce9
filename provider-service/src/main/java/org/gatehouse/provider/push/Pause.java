package org.gatehouse.provider.push;

import java.time.Duration;

/** Lets a worker thread wait, so that tests need not. */
@FunctionalInterface
interface Pause {

    void sleep(Duration duration) throws InterruptedException;
}
