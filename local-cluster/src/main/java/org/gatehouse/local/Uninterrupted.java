package org.gatehouse.local;

/** Cleaning up after Ctrl-C: the thread that was interrupted must still be able to wait for processes to end. */
final class Uninterrupted {
    private Uninterrupted() {}

    static void run(Runnable task) {
        boolean interrupted = Thread.interrupted();
        try {
            task.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
