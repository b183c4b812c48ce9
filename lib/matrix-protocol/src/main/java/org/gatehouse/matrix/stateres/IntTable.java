package org.gatehouse.matrix.stateres;

/** A map from ints that are not negative to ints that are not negative. Grows with what is in it. */
final class IntTable {
    static final int NONE = -1;

    private static final int GOLDEN_RATIO = 0x9E3779B9;

    /** Each key plus one; 0 where nothing is. */
    private int[] keys;

    private int[] values;
    private int size;
    private int shift;

    IntTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, 2 * expected)) * 2;
        keys = new int[capacity];
        values = new int[capacity];
        shift = Integer.numberOfLeadingZeros(capacity) + 1;
    }

    /** The value of the key, or {@link #NONE}. */
    int get(int key) {
        int at = place(key);
        return keys[at] == 0 ? NONE : values[at];
    }

    void put(int key, int value) {
        int at = place(key);
        if (keys[at] == 0) {
            if (2 * ++size > keys.length) {
                grow();
                at = place(key);
            }
            keys[at] = key + 1;
        }
        values[at] = value;
    }

    /** The value of the key; the given one is put first where there is none. */
    int putIfAbsent(int key, int value) {
        int known = get(key);
        if (known != NONE) {
            return known;
        }
        put(key, value);
        return value;
    }

    private int place(int key) {
        int mask = keys.length - 1;
        int at = (key * GOLDEN_RATIO) >>> shift;
        while (keys[at] != 0 && keys[at] != key + 1) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldValues = values;
        keys = new int[2 * oldKeys.length];
        values = new int[keys.length];
        shift--;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = place(oldKeys[i] - 1);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
