package org.gatehouse.testkit.fault;

import java.time.Duration;

/** The fault of one direction, which may change while links wait. */
final class FaultSwitch {

    private Fault fault = Fault.none();
    private long changes;
    private long passed;

    synchronized void set(Fault next) {
        fault = next;
        changes++;
        notifyAll();
    }

    /** A fault, and which one it is of all that were set. */
    record Current(Fault fault, long number) {}

    synchronized Current current() {
        return new Current(fault, changes);
    }

    /** Waits for the next change, or so long; whether it came. */
    synchronized boolean awaitChange(long since, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (changes == since) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    synchronized void count(int bytes) {
        passed += bytes;
    }

    synchronized long passed() {
        return passed;
    }
}
