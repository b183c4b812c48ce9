package org.gatehouse.matrix.canonicaljson;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps the keys of one body, so that fifty events share one "origin_server_ts". A collision only costs a copy. */
final class NameCache {

    private static final int SLOTS = 256;
    private static final int MAX_LENGTH = 64;

    private final @Nullable String[] names = new @Nullable String[SLOTS];
    private final byte[] @Nullable [] spellings = new byte[SLOTS][];

    @Nullable
    String find(byte[] bytes, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return null;
        }
        int slot = slot(bytes, from, to);
        byte[] spelling = spellings[slot];
        return spelling != null && Arrays.equals(spelling, 0, spelling.length, bytes, from, to) ? names[slot] : null;
    }

    String keep(String name, byte[] bytes, int from, int to) {
        if (to - from <= MAX_LENGTH) {
            int slot = slot(bytes, from, to);
            names[slot] = name;
            spellings[slot] = Arrays.copyOfRange(bytes, from, to);
        }
        return name;
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ hash >>> 8 ^ hash >>> 16) & (SLOTS - 1);
    }
}
