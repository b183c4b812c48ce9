package org.gatehouse.keys.verifykey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.gatehouse.matrix.identifier.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * When a server may be asked for its keys: at most once in 30 seconds, and after failures not for 30 seconds, doubling
 * to an hour.
 */
final class Patience {

    static final Duration AT_LEAST = Duration.ofSeconds(30);
    static final Duration AT_MOST = Duration.ofHours(1);

    static final Duration HELD_UP = Duration.ofSeconds(2);

    private static final int MAX_SERVERS = 100_000;

    private final Clock clock;
    private final Cache<ServerName, Pause> pauses =
            Caffeine.newBuilder().maximumSize(MAX_SERVERS).build();

    Patience(Clock clock) {
        this.clock = clock;
    }

    boolean mayAsk(ServerName server) {
        Pause pause = pauses.getIfPresent(server);
        return pause == null || !clock.instant().isBefore(pause.end);
    }

    void answered(ServerName server) {
        pauses.put(server, new Pause(clock.instant().plus(AT_LEAST), AT_LEAST));
    }

    void failed(ServerName server) {
        pauses.asMap().compute(server, (name, last) -> afterFailure(last));
    }

    /** It was not the server: egress or the store did not answer. */
    void heldUp(ServerName server) {
        pauses.asMap()
                .compute(
                        server,
                        (name, last) -> new Pause(clock.instant().plus(HELD_UP), last == null ? AT_LEAST : last.next));
    }

    private Pause afterFailure(@Nullable Pause last) {
        Duration length = last == null ? AT_LEAST : last.next;
        Duration doubled = length.multipliedBy(2);
        return new Pause(clock.instant().plus(length), doubled.compareTo(AT_MOST) > 0 ? AT_MOST : doubled);
    }

    private static final class Pause {
        final Instant end;
        final Duration next;

        Pause(Instant end, Duration next) {
            this.end = end;
            this.next = next;
        }
    }
}
