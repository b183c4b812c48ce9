package org.gatehouse.ingress.admission;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each server has of this instance: a number of requests at a time, and an amount a second. Who asks for more than
 * the amount waits, and is refused only if the wait were long: a peer that keeps to one transaction at a time is never
 * refused. A share is a part of an instance, so instances agree on it without talking.
 */
final class OriginShares {

    static final String ALL_CONCURRENCY = "all-concurrency";
    static final String ORIGIN_CONCURRENCY = "origin-concurrency";
    static final String ORIGIN_RATE = "origin-rate";

    private static final int ORIGINS_KEPT = 50_000;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final double NANOS = 1e9;

    private final AdmissionConfig config;
    private final Clock clock;
    private final LinkedHashMap<String, Share> shares = new LinkedHashMap<>(16, 0.75f, true);
    private int underWay;

    private static final class Share {
        private int underWay;
        private double left;
        private double at;
    }

    OriginShares(AdmissionConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** If it admits the request, {@link #end} has to follow some time. */
    synchronized Decision begin(String origin, int cost) {
        Share share = shares.computeIfAbsent(origin, name -> fullShare());
        forgetTheQuietest();
        if (share.underWay >= config.originConcurrency()) {
            return Decision.refused(ORIGIN_CONCURRENCY, SOON);
        }
        if (underWay >= config.concurrency()) {
            return Decision.refused(ALL_CONCURRENCY, SOON);
        }
        Duration wait = turn(share, cost);
        if (wait.compareTo(config.longestTurn()) > 0) {
            return Decision.refused(
                    ORIGIN_RATE, wait.minus(config.longestTurn()).plus(SOON));
        }
        share.left -= cost;
        share.underWay++;
        underWay++;
        return Decision.after(wait);
    }

    synchronized void end(String origin) {
        underWay--;
        Share share = shares.get(origin);
        if (share != null) {
            share.underWay--;
        }
    }

    synchronized int underWay() {
        return underWay;
    }

    private Share fullShare() {
        Share share = new Share();
        share.left = config.originBurst();
        share.at = seconds();
        return share;
    }

    /** How long it takes until the share has paid what is owed before this request. */
    private Duration turn(Share share, int cost) {
        double now = seconds();
        double earned = Math.max(0, now - share.at) * config.originRate();
        share.left = Math.min(config.originBurst(), share.left + earned);
        share.at = now;
        double owed = cost - share.left;
        return owed <= 0 ? Duration.ZERO : Duration.ofNanos((long) (owed / config.originRate() * NANOS));
    }

    /** A server that has requests under way is not forgotten: it would begin with a full share. */
    private void forgetTheQuietest() {
        if (shares.size() <= ORIGINS_KEPT) {
            return;
        }
        for (Map.Entry<String, Share> oldest : shares.entrySet()) {
            if (oldest.getValue().underWay == 0) {
                shares.remove(oldest.getKey());
                return;
            }
        }
    }

    private double seconds() {
        return clock.millis() / 1000.0;
    }
}
