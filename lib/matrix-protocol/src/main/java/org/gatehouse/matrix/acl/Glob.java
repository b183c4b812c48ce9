package org.gatehouse.matrix.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern in which {@code *} stands for any characters and {@code ?} for one; everything else, case apart, is literal.
 * The first and the last piece between stars have their place; those in the middle are looked for from left to right,
 * each at its first place behind the one before. Matching reads the text once, whatever the pattern.
 */
public final class Glob {

    /** No server name is longer, so that nothing matches a pattern with more characters than that. */
    private static final int MAX_TEXT_LENGTH = 255;

    private final int leastLength;
    private final boolean hasStar;
    private final String first;
    private final String last;
    private final List<Piece> middle;

    public Glob(String pattern) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        int firstStar = lower.indexOf('*');
        int lastStar = lower.lastIndexOf('*');
        this.hasStar = firstStar >= 0;
        this.leastLength = (int) lower.chars().filter(c -> c != '*').count();
        this.first = hasStar ? lower.substring(0, firstStar) : lower;
        this.last = hasStar ? lower.substring(lastStar + 1) : "";
        this.middle =
                hasStar && leastLength <= MAX_TEXT_LENGTH ? pieces(lower.substring(firstStar, lastStar)) : List.of();
    }

    /** @param text in lower case, at most 255 characters */
    public boolean matches(String text) {
        if (text.length() < leastLength || text.length() > MAX_TEXT_LENGTH) {
            return false;
        }
        if (!hasStar) {
            return text.length() == leastLength && standsAt(text, 0, first);
        }
        int end = text.length() - last.length();
        return standsAt(text, 0, first) && standsAt(text, end, last) && middleStandsBetween(text, first.length(), end);
    }

    private boolean middleStandsBetween(String text, int from, int to) {
        int at = from;
        for (Piece piece : middle) {
            at = piece.endOfFirst(text, at, to);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean standsAt(String text, int at, String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char wanted = piece.charAt(i);
            if (wanted != '?' && wanted != text.charAt(at + i)) {
                return false;
            }
        }
        return true;
    }

    private static List<Piece> pieces(String starred) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        while (from < starred.length()) {
            int star = starred.indexOf('*', from);
            int to = star < 0 ? starred.length() : star;
            if (to > from) {
                pieces.add(Piece.of(starred.substring(from, to)));
            }
            from = to + 1;
        }
        return pieces;
    }
}
