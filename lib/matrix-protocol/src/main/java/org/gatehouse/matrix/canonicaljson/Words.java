package org.gatehouse.matrix.canonicaljson;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time: most of a body is plain text, in which nothing is to be found. */
final class Words {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private Words() {}

    /** The offset, from the given one on, of the first byte that is not ASCII; the array's length if there is none. */
    static int endOfAscii(byte[] bytes, int from) {
        int at = from;
        while (at + Long.BYTES <= bytes.length && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /**
     * The offset, from the given one on, of the first byte that a JSON string does not hold as it is: a quote, a
     * backslash, a control character. The array's length if there is none.
     */
    static int endOfPlain(byte[] bytes, int from) {
        int at = from;
        while (at + Long.BYTES <= bytes.length) {
            long special = special((long) LONGS.get(bytes, at));
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < bytes.length && !isSpecial(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The high bit of the first of the eight bytes that is special, and perhaps of bytes after it. */
    private static long special(long word) {
        return (zeroes(word ^ QUOTES) | zeroes(word ^ BACKSLASHES) | below(word)) & HIGH_BITS;
    }

    /** The high bit of every byte that is 0, and perhaps of bytes above such a byte; other bits are noise. */
    private static long zeroes(long word) {
        return (word - ONES) & ~word;
    }

    /** The high bit of every byte below a space, and perhaps of bytes above such a byte; other bits are noise. */
    private static long below(long word) {
        return (word - SPACES) & ~word;
    }

    private static boolean isSpecial(byte octet) {
        return octet == '"' || octet == '\\' || (octet >= 0 && octet < ' ');
    }
}
