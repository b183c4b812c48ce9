package org.gatehouse.matrix.stateres;

import java.security.SecureRandom;

/**
 * SipHash-1-3 with a key of this process, for tables of names that others choose: nobody outside can make them collide.
 * Decides where an entry is looked for and nothing else.
 */
final class KeyedHash {
    private static final long KEY_0 = new SecureRandom().nextLong();
    private static final long KEY_1 = new SecureRandom().nextLong();

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    /** With a key of one's own. */
    KeyedHash(long key0, long key1) {
        v0 = key0 ^ 0x736f6d6570736575L;
        v1 = key1 ^ 0x646f72616e646f6dL;
        v2 = key0 ^ 0x6c7967656e657261L;
        v3 = key1 ^ 0x7465646279746573L;
    }

    static int of(String text) {
        KeyedHash hash = new KeyedHash(KEY_0, KEY_1);
        hash.take(text);
        return hash.finish();
    }

    static int of(String first, String second) {
        KeyedHash hash = new KeyedHash(KEY_0, KEY_1);
        hash.take(first);
        hash.take(second);
        return hash.finish();
    }

    /** Four characters at a time, then the rest and the length. */
    void take(String text) {
        int length = text.length();
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            absorb(text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48);
        }
        long rest = length;
        for (; i < length; i++) {
            rest = rest << 16 | text.charAt(i);
        }
        absorb(rest);
    }

    private void absorb(long word) {
        v3 ^= word;
        round();
        v0 ^= word;
    }

    int finish() {
        v2 ^= 0xff;
        round();
        round();
        round();
        long hash = v0 ^ v1 ^ v2 ^ v3;
        return (int) (hash ^ (hash >>> 32));
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
