package org.gatehouse.ingress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackPressureTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private long lag;
    private final BackPressure backPressure = new BackPressure(
            new Settings(10, 4, 100, 200, Duration.ofSeconds(5)), partition -> partition == 3 ? lag : 0);

    private Duration hold(long records, Duration age) {
        lag = records;
        return backPressure.hold(3, age);
    }

    @Test
    void holdsNothingBackWhileTheReaderKeepsUp() {
        assertThat(hold(0, AT_ONCE)).isZero();
        assertThat(hold(1_000, AT_ONCE)).isZero();
    }

    @Test
    void holdsLongerTheFartherTheReaderIsBehind() {
        assertThat(hold(3_000, AT_ONCE)).isEqualTo(Duration.ofSeconds(3));
        assertThat(hold(6_000, AT_ONCE)).isEqualTo(Duration.ofMillis(7_500));
        assertThat(hold(11_000, AT_ONCE)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void neverAnswersLaterThanTwentySecondsAfterTheRequestCame() {
        assertThat(hold(Long.MAX_VALUE / 2, AT_ONCE)).isEqualTo(Duration.ofSeconds(15));
        assertThat(hold(1_000_000, Duration.ofSeconds(12))).isEqualTo(Duration.ofSeconds(8));
        assertThat(hold(1_000_000, Duration.ofSeconds(40))).isZero();
    }

    @Test
    void leavesRoomsOfOtherPartitionsAlone() {
        lag = 1_000_000;

        assertThat(backPressure.hold(4, AT_ONCE)).isZero();
    }
}
