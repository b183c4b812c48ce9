package org.gatehouse.egress.discovery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** How long a well-known file is kept: as its headers say, 24 hours if they do not, between 5 minutes and 48 hours. */
final class CacheLifetime {

    static final Duration DEFAULT = Duration.ofHours(24);
    static final Duration SHORTEST = Duration.ofMinutes(5);
    static final Duration LONGEST = Duration.ofHours(48);

    private static final String MAX_AGE = "max-age=";

    private CacheLifetime() {}

    static Duration of(Optional<String> cacheControl, Optional<String> expires, Instant now) {
        Duration wished = cacheControl
                .flatMap(CacheLifetime::fromCacheControl)
                .or(() -> expires.map(date -> fromExpires(date, now)))
                .orElse(DEFAULT);
        if (wished.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wished.compareTo(LONGEST) > 0 ? LONGEST : wished;
    }

    private static Optional<Duration> fromCacheControl(String header) {
        for (String part : header.split(",", -1)) {
            String directive = part.strip().toLowerCase(Locale.ROOT);
            if (directive.equals("no-store") || directive.equals("no-cache")) {
                return Optional.of(Duration.ZERO);
            }
            if (directive.startsWith(MAX_AGE)) {
                return seconds(directive.substring(MAX_AGE.length()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> seconds(String text) {
        String digits = text.replace("\"", "");
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits)));
    }

    /** A date that cannot be read is one in the past (RFC 9111, 5.3). */
    private static Duration fromExpires(String header, Instant now) {
        try {
            ZonedDateTime date = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(now, date.toInstant());
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
