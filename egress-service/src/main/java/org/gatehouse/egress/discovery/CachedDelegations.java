package org.gatehouse.egress.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what well-known files said. A valid answer lives as long as its headers say; a failure is asked again after 2
 * minutes, doubling to 1 hour; a failure of a host whose last valid answer ran out less than 2 hours ago leaves that
 * answer in force.
 */
public final class CachedDelegations implements Delegations {

    private static final int MAX_HOSTS = 50_000;
    private static final Duration FIRST_RETRY = Duration.ofMinutes(2);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofHours(2);

    private final WellKnownFiles files;
    private final Clock clock;
    private final Cache<String, Entry> entries =
            Caffeine.newBuilder().maximumSize(MAX_HOSTS).build();

    public CachedDelegations(WellKnownFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    @Override
    public Optional<ServerName> find(String host) {
        Entry known = entries.getIfPresent(host);
        if (known != null && clock.instant().isBefore(known.askAgain)) {
            return known.server();
        }
        // The map holds the host's bin while asking: who asks for the same host waits for the one answer.
        Entry fresh = entries.asMap().compute(host, this::refresh);
        return fresh == null ? Optional.empty() : fresh.server();
    }

    private Entry refresh(String host, @Nullable Entry old) {
        Instant now = clock.instant();
        if (old != null && now.isBefore(old.askAgain)) {
            return old;
        }
        WellKnownAnswer answer = files.fetch(host);
        if (answer instanceof WellKnownAnswer.Delegated delegated) {
            Instant until = now.plus(delegated.lifetime());
            return new Entry(delegated.server(), until, until, FIRST_RETRY);
        }
        Duration wait = old == null ? FIRST_RETRY : old.nextRetry;
        Duration next = wait.multipliedBy(2).compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait.multipliedBy(2);
        if (old != null && old.server != null && now.isBefore(old.validUntil.plus(GRACE))) {
            return new Entry(old.server, old.validUntil, now.plus(FIRST_RETRY), FIRST_RETRY);
        }
        return new Entry(null, now, now.plus(wait), next);
    }

    private static final class Entry {
        final @Nullable ServerName server;
        final Instant validUntil;
        final Instant askAgain;
        final Duration nextRetry;

        Entry(@Nullable ServerName server, Instant validUntil, Instant askAgain, Duration nextRetry) {
            this.server = server;
            this.validUntil = validUntil;
            this.askAgain = askAgain;
            this.nextRetry = nextRetry;
        }

        Optional<ServerName> server() {
            return Optional.ofNullable(server);
        }
    }
}
