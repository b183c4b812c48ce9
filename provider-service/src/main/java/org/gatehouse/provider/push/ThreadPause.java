package org.gatehouse.provider.push;

import jakarta.inject.Singleton;
import java.time.Duration;

/** Waits by sleeping. */
@Singleton
class ThreadPause implements Pause {

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
