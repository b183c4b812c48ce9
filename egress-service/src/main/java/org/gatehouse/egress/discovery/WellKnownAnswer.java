package org.gatehouse.egress.discovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;

/** What came of asking one host for its well-known file. */
public sealed interface WellKnownAnswer {

    /** A valid file, to be kept for a while. */
    record Delegated(ServerName server, Duration lifetime) implements WellKnownAnswer {}

    /** No file, no answer, or one that is not valid. */
    record None(String reason) implements WellKnownAnswer {}

    /** Reads a 200's body and caching headers. */
    static WellKnownAnswer read(byte[] body, Optional<String> cacheControl, Optional<String> expires, Instant now) {
        return WellKnownFile.server(body)
                .<WellKnownAnswer>map(server -> new Delegated(server, CacheLifetime.of(cacheControl, expires, now)))
                .orElseGet(() -> new None("the file names no valid server"));
    }
}
