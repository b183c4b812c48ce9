package org.gatehouse.matrix.stateres;

/** A heap of at most so many ints. */
final class IntHeap {
    private final int[] items;
    private int size;

    IntHeap(int capacity) {
        items = new int[capacity];
    }

    void add(int item) {
        int at = size++;
        while (at > 0 && items[(at - 1) >>> 1] > item) {
            items[at] = items[(at - 1) >>> 1];
            at = (at - 1) >>> 1;
        }
        items[at] = item;
    }

    int removeLeast() {
        int least = items[0];
        int moved = items[--size];
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && items[child + 1] < items[child]) {
                child++;
            }
            if (items[child] >= moved) {
                break;
            }
            items[at] = items[child];
            at = child;
            child = 2 * at + 1;
        }
        items[at] = moved;
        return least;
    }
}
