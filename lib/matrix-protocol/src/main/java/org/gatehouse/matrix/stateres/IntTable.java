package org.gatehouse.matrix.stateres;

import java.util.Arrays;

/**
 * A map from ints that are not negative to ints that are not negative, in pages that exist where something is. For
 * numbers of a graph, of which those in use lie close together or are few.
 */
final class IntTable {
    static final int NONE = -1;

    private static final int PAGE_BITS = 8;
    private static final int IN_PAGE = (1 << PAGE_BITS) - 1;
    private static final int[] EMPTY_PAGE = new int[1 << PAGE_BITS];

    /** Each value plus one; 0 where nothing is. */
    private int[][] pages;

    /** @param keys how many keys there may be; more may come */
    IntTable(int keys) {
        pages = emptyPages((keys >>> PAGE_BITS) + 1);
    }

    /** The value of the key, or {@link #NONE}. */
    int get(int key) {
        int page = key >>> PAGE_BITS;
        return page < pages.length ? pages[page][key & IN_PAGE] - 1 : NONE;
    }

    void put(int key, int value) {
        int page = key >>> PAGE_BITS;
        if (page >= pages.length) {
            int[][] more = emptyPages(Math.max(2 * pages.length, page + 1));
            System.arraycopy(pages, 0, more, 0, pages.length);
            pages = more;
        }
        if (pages[page] == EMPTY_PAGE) {
            pages[page] = new int[1 << PAGE_BITS];
        }
        pages[page][key & IN_PAGE] = value + 1;
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

    private static int[][] emptyPages(int count) {
        int[][] pages = new int[count][];
        Arrays.fill(pages, EMPTY_PAGE);
        return pages;
    }
}
