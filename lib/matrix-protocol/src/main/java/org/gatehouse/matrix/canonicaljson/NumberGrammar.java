package org.gatehouse.matrix.canonicaljson;

/** The grammar of JSON numbers, and how canonical JSON writes one. All in time linear to the literal. */
final class NumberGrammar {

    private static final int SAFE_DIGITS = 16;

    private NumberGrammar() {}

    /** The end of the number at the start of the text, or -1 if there is none. */
    static int end(CharSequence text) {
        int at = at(text, 0) == '-' ? 1 : 0;
        int integer = digits(text, at);
        if (integer == at || (at(text, at) == '0' && integer > at + 1)) {
            return -1;
        }
        at = integer;
        if (at(text, at) == '.') {
            int fraction = digits(text, at + 1);
            if (fraction == at + 1) {
                return -1;
            }
            at = fraction;
        }
        if (at(text, at) == 'e' || at(text, at) == 'E') {
            int sign = at(text, at + 1) == '+' || at(text, at + 1) == '-' ? at + 2 : at + 1;
            int exponent = digits(text, sign);
            if (exponent == sign) {
                return -1;
            }
            at = exponent;
        }
        return at;
    }

    /**
     * The literal as canonical JSON writes it: {@code -0} is {@code 0}, and an exponent without a fraction whose value
     * is a safe integer is written out (the specification's {@code 1e10}). Anything else stays as it was read, so that
     * a request holding it can still be authenticated; events of room version 6 and later that do are refused.
     */
    static String canonical(String literal) {
        int exponent = Math.max(literal.indexOf('e'), literal.indexOf('E'));
        if (exponent >= 0 && literal.indexOf('.') < 0) {
            return withoutExponent(literal, exponent);
        }
        return literal.equals("-0") ? "0" : literal;
    }

    private static String withoutExponent(String literal, int exponent) {
        String digits = literal.substring(0, exponent);
        if (digits.equals("0") || digits.equals("-0")) {
            return "0";
        }
        int from = literal.charAt(exponent + 1) == '+' ? exponent + 2 : exponent + 1;
        boolean small =
                literal.charAt(from) != '-' && literal.length() - from <= 2 && digits.length() <= SAFE_DIGITS + 1;
        int zeros = small ? Integer.parseInt(literal, from, literal.length(), 10) : 0;
        if (!small || digits.length() + zeros > SAFE_DIGITS + 1) {
            return literal;
        }
        String written = digits + "0".repeat(zeros);
        return Math.abs(Long.parseLong(written)) <= JsonNumber.MAX_SAFE_INTEGER ? written : literal;
    }

    private static int digits(CharSequence text, int from) {
        int at = from;
        while (at(text, at) >= '0' && at(text, at) <= '9') {
            at++;
        }
        return at;
    }

    private static int at(CharSequence text, int index) {
        return index < text.length() ? text.charAt(index) : -1;
    }
}
