package org.gatehouse.ingress.admission;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Slowness in place of refusal: a peer has one transaction under way, so the longer its answer is held back the less it
 * sends. What is held back has been acknowledged by the log: a peer that gives up loses nothing. Each partition holds
 * back its own rooms only.
 */
@Singleton
public class BackPressure {

    private final AdmissionConfig config;
    private final LogLag lag;

    BackPressure(AdmissionConfig config, LogLag lag) {
        this.config = config;
        this.lag = lag;
    }

    /** Completes when the request at hand may be answered whose record went to that partition of the log. */
    public Uni<Void> holdBack(int partition) {
        Duration hold =
                hold(partition, RequestAtHand.age().orElse(config.answerWithin().minus(config.longestHold())));
        return hold.isZero()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().voidItem().onItem().delayIt().by(hold);
    }

    /** @param age how long ago the request arrived */
    Duration hold(int partition, Duration age) {
        long over = lag.of(partition) - config.lagLow();
        if (over <= 0) {
            return Duration.ZERO;
        }
        double part = Math.min(1, over / (double) Math.max(1, config.lagHigh() - config.lagLow()));
        Duration wanted = Duration.ofMillis((long) (config.longestHold().toMillis() * part));
        Duration left = config.answerWithin().minus(age);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return wanted.compareTo(left) < 0 ? wanted : left;
    }
}
