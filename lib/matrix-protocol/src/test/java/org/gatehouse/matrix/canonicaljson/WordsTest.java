package org.gatehouse.matrix.canonicaljson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every byte in every place of an array that is longer than two words. */
class WordsTest {

    private static final int LENGTH = 21;

    @Test
    void findsTheFirstSpecialByteOfAString() {
        for (int octet = 0; octet < 256; octet++) {
            boolean special = octet == '"' || octet == '\\' || octet < ' ';
            for (int at = 0; at < LENGTH; at++) {
                for (byte around : new byte[] {'a', ' ', '!', '#', '[', ']', 0x7F, (byte) 0x80, (byte) 0xFF}) {
                    byte[] bytes = filled(around, at, octet);

                    assertThat(Words.endOfPlain(bytes, 0)).isEqualTo(special ? at : LENGTH);
                    assertThat(Words.endOfPlain(bytes, at)).isEqualTo(special ? at : LENGTH);
                    assertThat(Words.endOfPlain(bytes, at + 1)).isEqualTo(LENGTH);
                }
            }
        }
    }

    @Test
    void findsTheFirstByteBeyondAscii() {
        for (int octet = 0; octet < 256; octet++) {
            for (int at = 0; at < LENGTH; at++) {
                byte[] bytes = filled((byte) 0x7F, at, octet);

                assertThat(Words.endOfAscii(bytes, 0)).isEqualTo(octet >= 0x80 ? at : LENGTH);
            }
        }
    }

    private static byte[] filled(byte around, int at, int octet) {
        byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, around);
        bytes[at] = (byte) octet;
        return bytes;
    }
}
