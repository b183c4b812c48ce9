package org.gatehouse.ingress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Row O06 of the list of hostile input. */
class RefusedRequestsTest {

    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> lines = new ArrayList<>();
    private final RefusedRequests refused = new RefusedRequests(clock, meters, lines::add);

    @Test
    void saysOriginRuleAndReason() {
        refused.refused("peer.example", "server-acl", "denied in 1 room");

        assertThat(lines)
                .containsExactly("refused origin=\"peer.example\" rule=\"server-acl\" reason=\"denied in 1 room\"");
    }

    @Test
    void keepsALineBelowTwoKilobytesWhateverIsInIt() {
        refused.refused("é".repeat(60_000), "r".repeat(60_000), "\u0000\u202e\n".repeat(20_000));

        assertThat(lines.get(0).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(2_048);
    }

    @Test
    void letsNobodyForgeASecondLine() {
        refused.refused("evil\r\n2026 INFO all is well", "x", "a\" rule=\"none\u2028b\\");

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .matches("[ -~]+")
                        .contains("evil\\u000d\\u000a2026")
                        .contains("a\\u0022 rule=\\u0022none\\u2028b\\u005c"));
    }

    @Test
    void writesFewLinesOfOneOriginAndSaysHowManyItLeftOut() {
        for (int i = 0; i < 1_000; i++) {
            refused.refused("noisy.example", "x", "again");
        }
        refused.refused("quiet.example", "x", "once");

        assertThat(lines).hasSize(6);
        assertThat(lines.get(5)).contains("quiet.example").endsWith("lines-left-out=995");
    }

    @Test
    void writesFewLinesOfManyOriginsAndMoreInTheNextSecond() {
        for (int i = 0; i < 1_000; i++) {
            refused.refused("peer" + i + ".example", "x", "again");
        }
        assertThat(lines).hasSize(50);

        clock.pass(Duration.ofSeconds(1));
        refused.refused("peer.example", "x", "again");

        assertThat(lines).hasSize(51);
        assertThat(lines.get(50)).endsWith("lines-left-out=950");
    }

    @Test
    void countsEachRefusalByRuleAndBoundsTheRules() {
        for (int i = 0; i < 200; i++) {
            refused.refused("peer.example", "rule-" + i, "x");
        }

        assertThat(meters.getMeters()).hasSizeLessThanOrEqualTo(61);
        assertThat(meters.get("matrix_federation_refused_requests_total")
                        .tag("rule", "other")
                        .counter()
                        .count())
                .isEqualTo(140);
    }
}
