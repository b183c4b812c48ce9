package org.gatehouse.matrix.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodePointOrderTest {

    private static final int[] ALPHABET = {
        'a', 'b', 0x7F, 0xE9, 0xD7FF, 0xE000, 0xFB01, 0xFFFF, 0x1_0000, 0x1_F600, 0x10_FFFF
    };

    @Test
    void putsSupplementaryCharactersBehindAllOthers() {
        assertThat(CodePointOrder.compare("\uFB01", "\uD83D\uDE00")).isNegative();
        assertThat("\uFB01".compareTo("\uD83D\uDE00"))
                .as("UTF-16 order differs")
                .isPositive();
    }

    @Test
    void isTheOrderOfTheUtf8Bytes() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String left = text(random);
            String right = text(random);
            int byBytes = Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(CodePointOrder.compare(left, right))).isEqualTo(Integer.signum(byBytes));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            text.appendCodePoint(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }
}
