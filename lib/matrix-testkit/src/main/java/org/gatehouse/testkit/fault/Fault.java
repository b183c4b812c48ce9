package org.gatehouse.testkit.fault;

import java.time.Duration;

/** What a {@link FaultProxy} does to the bytes of a direction. */
public sealed interface Fault {

    /** Nothing. */
    record None() implements Fault {}

    /** Whatever was read is held so long before it goes on; the link is slower too, not only later. */
    record Delay(Duration time) implements Fault {}

    /**
     * As a delay, each time of another length.
     *
     * @param seed of the lengths
     */
    record Jitter(Duration atMost, long seed) implements Fault {}

    /** Passes half of what was read, and resets both connections (RST): a message is cut. */
    record Reset() implements Fault {}

    /** Connections are taken and stay, and nothing moves. What was held goes on when the fault is over. */
    record BlackHole() implements Fault {}

    /** Passes so many bytes of each connection, and closes both in good order: a message is cut, and nobody is told. */
    record Truncate(long bytes) implements Fault {}

    /** Passes single bytes, so many a second. */
    record Trickle(int bytesPerSecond) implements Fault {}

    static Fault none() {
        return new None();
    }

    static Fault delay(Duration time) {
        return new Delay(time);
    }

    static Fault jitter(Duration atMost, long seed) {
        return new Jitter(atMost, seed);
    }

    static Fault reset() {
        return new Reset();
    }

    static Fault blackHole() {
        return new BlackHole();
    }

    static Fault truncateAfter(long bytes) {
        return new Truncate(bytes);
    }

    /** One byte a second. */
    static Fault trickle() {
        return new Trickle(1);
    }
}
