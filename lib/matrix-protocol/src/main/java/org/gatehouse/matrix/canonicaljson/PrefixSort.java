package org.gatehouse.matrix.canonicaljson;

import java.util.Arrays;

/**
 * Sorts very many names by a few characters of each, in one array of numbers, and compares whole names only where these
 * are equal: comparing a million names that lie all over the memory takes seconds. For names of ASCII without control
 * characters.
 */
final class PrefixSort {

    private static final int FEWEST = 1_000;
    private static final int INDEX_BITS = 24;
    private static final int CHARACTERS = (Long.SIZE - INDEX_BITS) / Byte.SIZE;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    private PrefixSort() {}

    static boolean pays(String[] names) {
        return names.length >= FEWEST && names.length <= INDEX_MASK;
    }

    /** The indexes of the names in their order; equal names stay in the order of their indexes. */
    static int[] order(String[] names) {
        int skipped = commonPrefix(names);
        long[] keys = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            keys[i] = prefix(names[i], skipped) << INDEX_BITS | i;
        }
        Arrays.sort(keys);
        int[] order = new int[names.length];
        int start = 0;
        for (int i = 0; i < names.length; i++) {
            order[i] = (int) (keys[i] & INDEX_MASK);
            if (keys[i] >>> INDEX_BITS != keys[start] >>> INDEX_BITS) {
                sortEqualPrefixes(names, order, start, i);
                start = i;
            }
        }
        sortEqualPrefixes(names, order, start, names.length);
        return order;
    }

    private static void sortEqualPrefixes(String[] names, int[] order, int from, int to) {
        if (to - from < 2) {
            return;
        }
        Integer[] part = new Integer[to - from];
        for (int i = 0; i < part.length; i++) {
            part[i] = order[from + i];
        }
        Arrays.sort(part, (a, b) -> names[a].compareTo(names[b]));
        for (int i = 0; i < part.length; i++) {
            order[from + i] = part[i];
        }
    }

    /** What all these names begin with says nothing about their order. */
    private static int commonPrefix(String[] names) {
        String first = names[0];
        int common = first.length();
        for (String name : names) {
            int end = Math.min(common, name.length());
            common = 0;
            while (common < end && name.charAt(common) == first.charAt(common)) {
                common++;
            }
        }
        return common;
    }

    /** Up to five characters behind the common ones; the end of a name comes before every character. */
    private static long prefix(String name, int skipped) {
        long prefix = 0;
        for (int i = skipped; i < skipped + CHARACTERS; i++) {
            prefix = prefix << Byte.SIZE | (i < name.length() ? name.charAt(i) : 0);
        }
        return prefix;
    }
}
