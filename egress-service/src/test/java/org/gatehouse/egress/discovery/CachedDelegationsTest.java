package org.gatehouse.egress.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;
import org.junit.jupiter.api.Test;

class CachedDelegationsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ServerName DELEGATED = new ServerName("matrix.example.org");

    private Instant now = NOW;
    private int asked;
    private WellKnownAnswer next = new WellKnownAnswer.None("down");
    private final CachedDelegations delegations = new CachedDelegations(
            host -> {
                asked++;
                return next;
            },
            new MovingClock());

    @Test
    void keepsAValidAnswerForItsLifetime() {
        next = new WellKnownAnswer.Delegated(DELEGATED, Duration.ofHours(1));
        delegations.find("example.org");
        now = now.plus(Duration.ofMinutes(59));

        assertThat(delegations.find("example.org")).contains(DELEGATED);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void asksAgainAfterItsLifetime() {
        next = new WellKnownAnswer.Delegated(DELEGATED, Duration.ofHours(1));
        delegations.find("example.org");
        now = now.plus(Duration.ofMinutes(60));

        delegations.find("example.org");

        assertThat(asked).isEqualTo(2);
    }

    @Test
    void backsOffFromAFailureUpToAnHour() {
        delegations.find("example.org");
        for (int i = 0; i < 10; i++) {
            now = now.plus(Duration.ofHours(1));
            delegations.find("example.org");
        }
        int before = asked;
        now = now.plus(Duration.ofMinutes(59));
        delegations.find("example.org");
        assertThat(asked).isEqualTo(before);
        now = now.plus(Duration.ofMinutes(1));
        delegations.find("example.org");
        assertThat(asked).isEqualTo(before + 1);
    }

    @Test
    void doesNotAskTwiceWithinTwoMinutesOfAFailure() {
        delegations.find("example.org");
        now = now.plus(Duration.ofSeconds(119));

        assertThat(delegations.find("example.org")).isEmpty();
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void aFailureSoonAfterAValidAnswerLeavesItInForce() {
        next = new WellKnownAnswer.Delegated(DELEGATED, Duration.ofHours(1));
        delegations.find("example.org");
        next = new WellKnownAnswer.None("down");
        now = now.plus(Duration.ofHours(2));

        assertThat(delegations.find("example.org")).contains(DELEGATED);
        now = now.plus(Duration.ofHours(2));
        assertThat(delegations.find("example.org")).isEmpty();
    }

    @Test
    void readsCacheHeadersAndClampsThem() {
        assertThat(lifetime(Optional.empty(), Optional.empty())).isEqualTo(Duration.ofHours(24));
        assertThat(lifetime(Optional.of("public, Max-Age=3600"), Optional.empty()))
                .isEqualTo(Duration.ofHours(1));
        assertThat(lifetime(Optional.of("max-age=0"), Optional.empty())).isEqualTo(Duration.ofMinutes(5));
        assertThat(lifetime(Optional.of("max-age=315360000"), Optional.empty())).isEqualTo(Duration.ofHours(48));
        assertThat(lifetime(Optional.of("max-age=99999999999999999999"), Optional.empty()))
                .isEqualTo(Duration.ofHours(48));
        assertThat(lifetime(Optional.of("no-store"), Optional.empty())).isEqualTo(Duration.ofMinutes(5));
        assertThat(lifetime(Optional.empty(), Optional.of("Thu, 01 Jan 2026 02:00:00 GMT")))
                .isEqualTo(Duration.ofHours(2));
        assertThat(lifetime(Optional.empty(), Optional.of("0"))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void refusesFilesThatNameNoServer() {
        for (String body : new String[] {
            "",
            "<html>",
            "[]",
            "{}",
            "{\"m.server\":1}",
            "{\"m.server\":\"\"}",
            "{\"m.server\":\"host:99999\"}",
            "{\"m.server\":\"host/path\"}",
            "{\"m.server\":\"user@host\"}",
            "{\"m.server\":\"https://host\"}",
            "{\"m.server\":\"h\u00f6st\"}"
        }) {
            assertThat(WellKnownAnswer.read(body.getBytes(UTF_8), Optional.empty(), Optional.empty(), NOW))
                    .as(body)
                    .isInstanceOf(WellKnownAnswer.None.class);
        }
    }

    private static Duration lifetime(Optional<String> cacheControl, Optional<String> expires) {
        WellKnownAnswer answer =
                WellKnownAnswer.read("{\"m.server\":\"h\"}".getBytes(UTF_8), cacheControl, expires, NOW);
        return ((WellKnownAnswer.Delegated) answer).lifetime();
    }

    private final class MovingClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
