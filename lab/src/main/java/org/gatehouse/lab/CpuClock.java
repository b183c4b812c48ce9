package org.gatehouse.lab;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.gatehouse.matrix.canonicaljson.JsonNumber;

/**
 * CPU time of all Java threads together, from a start. The JVM's own threads, those of the compiler and the garbage
 * collector, are not among them.
 */
final class CpuClock {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long start;

    private CpuClock(long start) {
        this.start = start;
    }

    static CpuClock started() {
        return new CpuClock(now());
    }

    /** The milliseconds since the start, or since this was last asked, to the microsecond. */
    JsonNumber lap() {
        long now = now();
        long micros = Math.max(0, now - start) / 1_000;
        start = now();
        return new JsonNumber("%d.%03d".formatted(micros / 1_000, micros % 1_000));
    }

    private static long now() {
        long sum = 0;
        for (long nanos : THREADS.getThreadCpuTime(THREADS.getAllThreadIds())) {
            sum += Math.max(0, nanos);
        }
        return sum;
    }
}
