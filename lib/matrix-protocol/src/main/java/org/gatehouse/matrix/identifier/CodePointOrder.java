package org.gatehouse.matrix.identifier;

import java.util.Comparator;

/**
 * The order of Matrix strings: by Unicode code point, which is the order of their UTF-8 bytes. {@link
 * String#compareTo} orders by UTF-16 unit and differs where a supplementary character meets U+E000 to U+FFFF.
 */
public final class CodePointOrder {

    public static final Comparator<String> COMPARATOR = CodePointOrder::compare;

    private CodePointOrder() {}

    public static int compare(String left, String right) {
        if (left.equals(right)) {
            return 0;
        }
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Moves surrogates, the halves of what lies above U+FFFF, behind every other unit. */
    private static int rank(char unit) {
        if (unit < Character.MIN_SURROGATE) {
            return unit;
        }
        return unit > Character.MAX_SURROGATE ? unit - 0x0800 : unit + 0x2000;
    }
}
