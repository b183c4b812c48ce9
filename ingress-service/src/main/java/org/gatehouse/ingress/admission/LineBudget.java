package org.gatehouse.ingress.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many lines may be written: so many a second in all, and so many a second of them for one origin, so that a noisy
 * one does not hide the others. What was left out is counted and said with the next line.
 */
final class LineBudget {

    private static final long ORIGINS_KEPT = 10_000;

    private final Clock clock;
    private final int inAll;
    private final int ofOneOrigin;
    private final AtomicLong leftOut = new AtomicLong();
    private final Cache<String, Second> origins =
            Caffeine.newBuilder().maximumSize(ORIGINS_KEPT).build();
    private final Second all = new Second();

    LineBudget(Clock clock, int inAll, int ofOneOrigin) {
        this.clock = clock;
        this.inAll = inAll;
        this.ofOneOrigin = ofOneOrigin;
    }

    /** How many lines were left out since the last one, if a line may be written now; else empty. */
    OptionalLong take(String origin) {
        long now = clock.millis() / 1000;
        boolean allowed = origins.get(origin, name -> new Second()).take(now, ofOneOrigin) && all.take(now, inAll);
        if (allowed) {
            return OptionalLong.of(leftOut.getAndSet(0));
        }
        leftOut.incrementAndGet();
        return OptionalLong.empty();
    }

    private static final class Second {

        private long second;
        private int taken;

        synchronized boolean take(long now, int limit) {
            if (now != second) {
                second = now;
                taken = 0;
            }
            return taken < limit && ++taken <= limit;
        }
    }
}
