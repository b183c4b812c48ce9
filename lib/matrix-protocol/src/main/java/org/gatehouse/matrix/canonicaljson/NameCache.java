package org.gatehouse.matrix.canonicaljson;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one body: those of {@link KnownNames}, and the others so that equal ones of fifty events become one
 * string. A collision only costs a copy.
 */
final class NameCache {

    private static final int SLOTS = 64;
    private static final int MAX_LENGTH = 64;

    private final @Nullable String[] names = new @Nullable String[SLOTS];
    private final byte[] @Nullable [] spellings = new byte[SLOTS][];

    /** The name that these bytes spell in UTF-8. */
    String name(byte[] bytes, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return text(bytes, from, to);
        }
        int hash = KnownNames.hash(bytes, from, to);
        String known = KnownNames.find(hash, bytes, from, to);
        return known != null ? known : cached(hash & (SLOTS - 1), bytes, from, to);
    }

    private String cached(int slot, byte[] bytes, int from, int to) {
        byte[] spelling = spellings[slot];
        String name = names[slot];
        if (name != null && spelling != null && Arrays.equals(spelling, 0, spelling.length, bytes, from, to)) {
            return name;
        }
        String read = text(bytes, from, to);
        names[slot] = read;
        spellings[slot] = Arrays.copyOfRange(bytes, from, to);
        return read;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
