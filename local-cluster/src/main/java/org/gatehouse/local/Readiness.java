package org.gatehouse.local;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits until a started process answers. */
final class Readiness {
    private static final long POLL_MILLIS = 100;

    private Readiness() {}

    /**
     * Asks {@code ready} again and again.
     *
     * @throws ProcessDied as soon as the process ends
     * @throws ClusterProblem when {@code limit} is over
     */
    static void await(ChildProcess process, Duration limit, BooleanSupplier ready) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new ProcessDied(process);
            }
            if (System.nanoTime() > deadline) {
                throw new ClusterProblem("%s (pid %d) is not ready after %d s. Its log is %s and ends with:%n%s"
                        .formatted(
                                process.name(),
                                process.pid(),
                                limit.toSeconds(),
                                process.logFile(),
                                process.lastLogLines(15)));
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                throw ClusterProblem.interrupted(e);
            }
        }
    }
}
