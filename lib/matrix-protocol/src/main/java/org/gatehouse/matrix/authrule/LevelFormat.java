package org.gatehouse.matrix.authrule;

import java.util.Optional;
import java.util.OptionalLong;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.roomversion.PowerLevelFormat;

/**
 * How a value in an {@code m.room.power_levels} event is read as a level.
 *
 * <p>Version 10 and later take integers only. Before, a string may hold an integer: spaces, a sign, and digits, of
 * which the first may be zeros ({@code " +0100 "} is 100). Versions 1 to 5 also take floats: the exponent is applied,
 * and what is behind the point is cut off, so that {@code -0.9} is 0. These versions set no bound to an integer: what
 * is beyond the range of a {@code long} counts as its nearest end, and so does a string of that size in all versions
 * up to 9. A number beyond the range of a double is no level, and refuses the event that holds it.
 */
final class LevelFormat {

    /** More digits than an event can hold. */
    private static final long MOST_DIGITS = 1_000_000_000;

    private LevelFormat() {}

    /** The level that a member of an object stands for; nothing if it is missing or stands for none. */
    static OptionalLong read(PowerLevelFormat format, JsonObject holder, String name) {
        Optional<JsonValue> value = holder.get(name);
        return value.isEmpty() ? OptionalLong.empty() : read(format, value.get());
    }

    /** The level that a value stands for; nothing if it stands for none. */
    static OptionalLong read(PowerLevelFormat format, JsonValue value) {
        if (value instanceof JsonNumber number) {
            OptionalLong integer = number.asLong();
            return integer.isPresent() || format != PowerLevelFormat.LENIENT ? integer : truncated(number.literal());
        }
        if (format != PowerLevelFormat.INTEGERS && value instanceof JsonString text) {
            return integer(text.value());
        }
        return OptionalLong.empty();
    }

    private static OptionalLong truncated(String literal) {
        if (Double.isInfinite(Double.parseDouble(literal))) {
            return OptionalLong.empty();
        }
        int start = literal.charAt(0) == '-' ? 1 : 0;
        int exponentMark = Math.max(literal.indexOf('e'), literal.indexOf('E'));
        int end = exponentMark < 0 ? literal.length() : exponentMark;
        int dot = literal.indexOf('.');
        String digits = dot < 0
                ? literal.substring(start, end)
                : literal.substring(start, dot) + literal.substring(dot + 1, end);
        long exponent = exponentMark < 0 ? 0 : exponent(literal.substring(exponentMark + 1));
        return OptionalLong.of(signed(start == 1, digits, (dot < 0 ? end : dot) - start + exponent));
    }

    private static long exponent(String text) {
        boolean hasSign = text.charAt(0) == '-' || text.charAt(0) == '+';
        String digits = hasSign ? text.substring(1) : text;
        long exponent = signed(text.charAt(0) == '-', digits, digits.length());
        return Math.max(-MOST_DIGITS, Math.min(exponent, MOST_DIGITS));
    }

    private static OptionalLong integer(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        boolean negative = from < to && text.charAt(from) == '-';
        if (negative || (from < to && text.charAt(from) == '+')) {
            from++;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        return from == to
                ? OptionalLong.empty()
                : OptionalLong.of(signed(negative, text.substring(from, to), to - from));
    }

    /** The integer of which the first digits are given, the point being after so many; at most the range of a long. */
    private static long signed(boolean negative, String digits, long point) {
        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        if (first == digits.length()) {
            return 0;
        }
        long value = 0;
        for (long i = first; i < point; i++) {
            int digit = i < digits.length() ? digits.charAt((int) i) - '0' : 0;
            if (value < (Long.MIN_VALUE + digit) / 10) {
                return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            value = value * 10 - digit;
        }
        return negative ? value : value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
    }

    /** White space as Unicode defines the property. */
    private static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }
}
