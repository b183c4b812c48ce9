package org.gatehouse.matrix.stateres;

/** A total order of numbered things; sorts them without boxes, and quickly what is nearly sorted. */
@FunctionalInterface
interface IntOrder {

    /** Whether x comes before y. Of two different ones exactly one comes before the other. */
    boolean isBefore(int x, int y);

    /** Sorts in place. */
    default void sort(int[] items) {
        mergeSort(items.clone(), items, 0, items.length);
    }

    /** Sorts a part of {@code to}; both arrays hold the same items there. The depth is the logarithm of the length. */
    private void mergeSort(int[] from, int[] to, int start, int end) {
        if (end - start < 8) {
            insertionSort(to, start, end);
            return;
        }
        int middle = (start + end) >>> 1;
        mergeSort(to, from, start, middle);
        mergeSort(to, from, middle, end);
        if (isBefore(from[middle - 1], from[middle])) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takesLeft = right == end || (left < middle && isBefore(from[left], from[right]));
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    private void insertionSort(int[] items, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            int item = items[i];
            int at = i;
            while (at > start && isBefore(item, items[at - 1])) {
                items[at] = items[--at];
            }
            items[at] = item;
        }
    }
}
