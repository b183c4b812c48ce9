package org.gatehouse.ingress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Row O01 of the list of hostile input. */
class OriginSharesTest {

    private static final Settings SETTINGS = new Settings(10, 4, 100, 200, Duration.ofSeconds(5));

    private final MovableClock clock = new MovableClock();
    private final OriginShares shares = new OriginShares(SETTINGS, clock);

    @Test
    void neverRefusesAPeerThatKeepsToOneTransactionAtATime() {
        for (int i = 0; i < 1_000; i++) {
            Decision decision = shares.begin("peer.example", 51);
            assertThat(decision.isAdmitted()).isTrue();
            assertThat(decision.delay()).isLessThan(Duration.ofSeconds(1));
            clock.pass(decision.delay());
            shares.end("peer.example");
        }
        assertThat(shares.underWay()).isZero();
    }

    @Test
    void holdsSuchAPeerToItsRate() {
        long start = clock.millis();
        for (int i = 0; i < 100; i++) {
            clock.pass(shares.begin("peer.example", 50).delay());
            shares.end("peer.example");
        }

        // 5,000 asked for, 200 at once and the rest at 100 a second.
        assertThat(clock.millis() - start).isBetween(47_000L, 49_000L);
    }

    @Test
    void refusesAnOriginBeyondItsRateAndSaysWhenToComeAgain() {
        Decision last = Decision.after(Duration.ZERO);
        int admitted = 0;
        while (last.isAdmitted()) {
            last = shares.begin("noisy.example", 51);
            shares.end("noisy.example");
            admitted++;
        }

        assertThat(last.refusedBy()).contains(OriginShares.ORIGIN_RATE);
        assertThat(last.delay()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
        assertThat(admitted).isBetween(10, 16);
        clock.pass(last.delay());
        assertThat(shares.begin("noisy.example", 51).isAdmitted()).isTrue();
    }

    @Test
    void leavesTheOthersTheirShareWhenOneAsksForTwentyTimesItsOwn() {
        for (int i = 0; i < 2_000; i++) {
            if (shares.begin("noisy.example", 1).isAdmitted()) {
                shares.end("noisy.example");
            }
        }

        for (int i = 0; i < 19; i++) {
            Decision other = shares.begin("peer" + i + ".example", 51);
            assertThat(other).isEqualTo(Decision.after(Duration.ZERO));
            shares.end("peer" + i + ".example");
        }
    }

    @Test
    void refusesMoreAtATimeThanAnOriginMayHave() {
        for (int i = 0; i < 4; i++) {
            assertThat(shares.begin("noisy.example", 1).isAdmitted()).isTrue();
        }

        assertThat(shares.begin("noisy.example", 1).refusedBy()).contains(OriginShares.ORIGIN_CONCURRENCY);
        assertThat(shares.begin("peer.example", 1).isAdmitted()).isTrue();
        shares.end("noisy.example");
        assertThat(shares.begin("noisy.example", 1).isAdmitted()).isTrue();
    }

    @Test
    void isFullAtSomePoint() {
        for (int i = 0; i < 10; i++) {
            assertThat(shares.begin("peer" + i + ".example", 1).isAdmitted()).isTrue();
        }

        assertThat(shares.begin("other.example", 1).refusedBy()).contains(OriginShares.ALL_CONCURRENCY);
    }

    @Test
    void doesNotForgetWhoHasRequestsUnderWay() {
        for (int i = 0; i < 4; i++) {
            shares.begin("noisy.example", 1);
        }
        for (int i = 0; i < 60_000; i++) {
            shares.begin("peer" + i + ".example", 1);
            shares.end("peer" + i + ".example");
        }

        assertThat(shares.begin("noisy.example", 1).refusedBy()).contains(OriginShares.ORIGIN_CONCURRENCY);
    }
}
