package org.gatehouse.ingress.admission;

/** Text of strangers, made fit for a line of a log: printable ASCII in quotes, and no longer than a limit. */
final class LogText {

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;

    private LogText() {}

    /** The text in quotes; what is not printable, a quote or a backslash is written as {@code \\uXXXX}. */
    static String quoted(String text, int limit) {
        StringBuilder line = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            if (line.length() > limit) {
                return line.append("…\"").toString();
            }
            append(line, text.charAt(i));
        }
        return line.append('"').toString();
    }

    private static void append(StringBuilder line, char next) {
        if (next >= FIRST_PRINTABLE && next <= LAST_PRINTABLE && next != '"' && next != '\\') {
            line.append(next);
        } else {
            line.append(String.format("\\u%04x", (int) next));
        }
    }
}
