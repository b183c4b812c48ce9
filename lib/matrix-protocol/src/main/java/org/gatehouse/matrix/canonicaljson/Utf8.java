package org.gatehouse.matrix.canonicaljson;

/** Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF, nothing cut off. */
final class Utf8 {

    private Utf8() {}

    /** The offset of the first byte that is not UTF-8, or -1. */
    static int firstFault(byte[] bytes) {
        int at = 0;
        while (true) {
            at = Words.endOfAscii(bytes, at);
            if (at == bytes.length) {
                return -1;
            }
            int size = sequence(bytes, at);
            if (size == 0) {
                return at;
            }
            at += size;
        }
    }

    /** The size of the multi-byte sequence at the offset, or 0 if it is not one. */
    private static int sequence(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        int second = at + 1 < bytes.length ? bytes[at + 1] & 0xFF : 0;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return isContinuation(second) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int low = lead == 0xE0 ? 0xA0 : 0x80;
            int high = lead == 0xED ? 0x9F : 0xBF;
            return second >= low && second <= high && continues(bytes, at + 2) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            int low = lead == 0xF0 ? 0x90 : 0x80;
            int high = lead == 0xF4 ? 0x8F : 0xBF;
            return second >= low && second <= high && continues(bytes, at + 2) && continues(bytes, at + 3) ? 4 : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] bytes, int at) {
        return at < bytes.length && isContinuation(bytes[at] & 0xFF);
    }

    private static boolean isContinuation(int octet) {
        return octet >= 0x80 && octet <= 0xBF;
    }
}
