package org.gatehouse.matrix.acl;

import java.util.Locale;

/**
 * A pattern in which {@code *} stands for any characters and {@code ?} for one; everything else, case apart, is literal.
 * Matching costs at most the length of the text times that of one piece between stars, whatever the pattern.
 */
final class Glob {

    private final String pattern;
    private final int leastLength;

    Glob(String pattern) {
        this.pattern = pattern.toLowerCase(Locale.ROOT).replaceAll("\\*{2,}", "*");
        this.leastLength = (int) this.pattern.chars().filter(c -> c != '*').count();
    }

    /** @param text in lower case */
    boolean matches(String text) {
        if (text.length() < leastLength) {
            return false;
        }
        int inText = 0;
        int inPattern = 0;
        int star = -1;
        int retry = 0;
        while (inText < text.length()) {
            if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
                star = inPattern++;
                retry = inText;
            } else if (inPattern < pattern.length() && fits(pattern.charAt(inPattern), text.charAt(inText))) {
                inPattern++;
                inText++;
            } else if (star >= 0) {
                inPattern = star + 1;
                inText = ++retry;
            } else {
                return false;
            }
        }
        return inPattern == pattern.length() || (inPattern == pattern.length() - 1 && pattern.charAt(inPattern) == '*');
    }

    private static boolean fits(char inPattern, char inText) {
        return inPattern == '?' || inPattern == inText;
    }
}
