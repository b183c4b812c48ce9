package org.gatehouse.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeadStampTest {

    @Test
    void isGenerationAndOffsetInOneNumber() {
        assertThat(HeadStamp.of(10, 41).timestamp()).isEqualTo(10L << 48 | 42);
        assertThat(HeadStamp.of(10, -1).timestamp()).isEqualTo(10L << 48);
        assertThat(HeadStamp.fromTimestamp(HeadStamp.of(11, 5_000_000_000L).timestamp()))
                .isEqualTo(HeadStamp.of(11, 5_000_000_000L));
    }

    @Test
    void growsWithTheOffsetAndMoreWithTheGeneration() {
        assertThat(HeadStamp.of(10, 6)).isGreaterThan(HeadStamp.of(10, 5));
        assertThat(HeadStamp.of(11, 0)).isGreaterThan(HeadStamp.of(10, Integer.MAX_VALUE));
    }

    @Test
    void isLaterThanAnyClock() {
        long clock = Instant.parse("2059-01-01T00:00:00Z").getEpochSecond() * 1_000_000;

        assertThat(HeadStamp.of(HeadStamp.FIRST_GENERATION, -1).timestamp()).isGreaterThan(clock);
    }

    @Test
    void knowsTheStampsOfAnotherGeneration() {
        assertThat(HeadStamp.of(11, 3).isOfAnotherGeneration(10)).isTrue();
        assertThat(HeadStamp.of(10, 3).isOfAnotherGeneration(10)).isFalse();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> HeadStamp.of(1 << 15, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HeadStamp.of(10, -2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HeadStamp.of(10, 1L << 48)).isInstanceOf(IllegalArgumentException.class);
    }
}
