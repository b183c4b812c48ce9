package org.gatehouse.matrix.stateres;

import java.util.Arrays;

/** Longs in a row, growing at the end. */
final class LongList {
    private long[] items;
    private int size;

    LongList(int capacity) {
        items = new long[Math.max(8, capacity)];
    }

    void add(long item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
    }

    long get(int index) {
        return items[index];
    }

    void set(int index, long item) {
        items[index] = item;
    }

    int size() {
        return size;
    }
}
