package org.gatehouse.matrix.canonicaljson;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JSON number, kept as the text that was read: whether it is {@code 1}, {@code 1.0} or {@code -0} decides about an
 * event, and a double could no longer tell.
 *
 * @param literal the number as JSON writes it
 */
public record JsonNumber(String literal) implements JsonValue {

    /** The largest integer of canonical JSON, 2^53 - 1; its negative is the smallest. */
    public static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private static final int CACHED = 1024;
    private static final JsonNumber[] SMALL = small();

    /** @throws IllegalArgumentException if the text is not a JSON number */
    public JsonNumber {
        if (NumberGrammar.end(literal) != literal.length()) {
            throw new IllegalArgumentException("not a JSON number");
        }
    }

    public static JsonNumber of(long value) {
        return value >= 0 && value < CACHED ? SMALL[(int) value] : new JsonNumber(Long.toString(value));
    }

    /** Whether the literal has neither a fraction nor an exponent; it may be of any size. */
    public boolean isInteger() {
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return false;
            }
        }
        return true;
    }

    /** The value of an integer literal that fits in a long; {@code -0} is 0, {@code 1.0} is none. */
    public OptionalLong asLong() {
        if (literal.length() > 20 || !isInteger()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(literal));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** Whether this is a number of canonical JSON: an integer within ±(2^53 - 1), and not written {@code -0}. */
    public boolean isCanonical() {
        OptionalLong value = asLong();
        return value.isPresent()
                && value.getAsLong() >= -MAX_SAFE_INTEGER
                && value.getAsLong() <= MAX_SAFE_INTEGER
                && !literal.equals("-0");
    }

    @Override
    public Kind kind() {
        return Kind.NUMBER;
    }

    @Override
    public Optional<JsonDefect> defect() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return NumberGrammar.canonical(literal);
    }

    private static JsonNumber[] small() {
        JsonNumber[] numbers = new JsonNumber[CACHED];
        for (int i = 0; i < CACHED; i++) {
            numbers[i] = new JsonNumber(Integer.toString(i));
        }
        return numbers;
    }
}
