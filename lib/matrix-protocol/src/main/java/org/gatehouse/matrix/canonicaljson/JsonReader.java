package org.gatehouse.matrix.canonicaljson;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A recursive descent over bytes that are known to be UTF-8. The recursion is bounded by {@link StrictJson#MAX_DEPTH}. */
final class JsonReader {

    private final byte[] bytes;
    private final NameCache nameCache = new NameCache();
    private int at;
    private int depth;

    /** What has been read of the objects and arrays that are open; in arrays the names are empty. */
    private String[] names = new String[32];

    private JsonValue[] values = new JsonValue[32];
    private int read;

    JsonReader(byte[] bytes) {
        this.bytes = bytes;
    }

    JsonValue document() {
        skipWhitespace();
        JsonValue value = value();
        skipWhitespace();
        if (at < bytes.length) {
            throw fault("bytes after the value");
        }
        return value;
    }

    private JsonValue value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", JsonBoolean.TRUE);
            case 'f' -> word("false", JsonBoolean.FALSE);
            case 'n' -> word("null", JsonNull.NULL);
            default -> number();
        };
    }

    private JsonValue object() {
        descend();
        if (peek() == '}') {
            ascend();
            return JsonObject.EMPTY;
        }
        int first = read;
        boolean plain = true;
        do {
            skipWhitespace();
            int start = at;
            String name = name();
            // As many characters as bytes between the quotes: ASCII, and none was escaped.
            plain &= name.length() == at - start - 2;
            skipWhitespace();
            expect(':');
            skipWhitespace();
            keep(name, value());
        } while (continuesAfter('}'));
        return MemberSort.toObject(
                Arrays.copyOfRange(names, first, read), valuesFrom(first), plain, JsonDefect.DUPLICATE_KEY);
    }

    private JsonValue array() {
        descend();
        if (peek() == ']') {
            ascend();
            return JsonArray.EMPTY;
        }
        int first = read;
        do {
            skipWhitespace();
            keep("", value());
        } while (continuesAfter(']'));
        return JsonArray.ofOwned(valuesFrom(first));
    }

    private void keep(String name, JsonValue value) {
        if (read == values.length) {
            names = Arrays.copyOf(names, 2 * read);
            values = Arrays.copyOf(values, 2 * read);
        }
        names[read] = name;
        values[read++] = value;
    }

    private JsonValue[] valuesFrom(int first) {
        JsonValue[] kept = Arrays.copyOfRange(values, first, read);
        read = first;
        return kept;
    }

    private void descend() {
        if (++depth > StrictJson.MAX_DEPTH) {
            throw MalformedJson.badJson("nests deeper than " + StrictJson.MAX_DEPTH);
        }
        at++;
        skipWhitespace();
    }

    private void ascend() {
        depth--;
        at++;
    }

    /** Whether another entry follows, or the container has been closed. */
    private boolean continuesAfter(char close) {
        skipWhitespace();
        if (peek() == ',') {
            at++;
            return true;
        }
        if (peek() == close) {
            ascend();
            return false;
        }
        throw fault("a comma or the end of the container expected");
    }

    private String name() {
        if (peek() != '"') {
            throw fault("a key expected");
        }
        int start = at + 1;
        int end = endOfPlain(start);
        if (bytes[end] == '\\') {
            return escapedString();
        }
        at = end + 1;
        return nameCache.name(bytes, start, end);
    }

    private JsonValue string() {
        int start = at + 1;
        int end = endOfPlain(start);
        if (bytes[end] == '\\') {
            return new JsonString(escapedString());
        }
        at = end + 1;
        String text = text(start, end);
        // As many characters as bytes: all of them are ASCII, and none needed an escape.
        return text.length() == end - start ? JsonString.ofPlain(text) : JsonString.ofWellFormed(text);
    }

    /** The offset of the closing quote or of the first backslash. */
    private int endOfPlain(int from) {
        int end = Words.endOfPlain(bytes, from);
        if (end == bytes.length) {
            at = end;
            throw fault("an open string");
        }
        if (bytes[end] != '"' && bytes[end] != '\\') {
            at = end;
            throw fault("a control character in a string");
        }
        return end;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private String escapedString() {
        StringBuilder text = new StringBuilder();
        int from = at + 1;
        int end = endOfPlain(from);
        while (bytes[end] == '\\') {
            text.append(text(from, end));
            at = end + 1;
            text.append(escape());
            from = at;
            end = endOfPlain(from);
        }
        at = end + 1;
        return text.append(text(from, end)).toString();
    }

    private char escape() {
        int escaped = peek();
        at++;
        return switch (escaped) {
            case '"', '\\', '/' -> (char) escaped;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicodeEscape();
            default -> throw fault("an unknown escape");
        };
    }

    private char unicodeEscape() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw fault("a hexadecimal digit expected");
            }
            unit = (unit << 4) | digit;
            at++;
        }
        return (char) unit;
    }

    private JsonValue word(String word, JsonValue value) {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    private JsonValue number() {
        int start = at;
        int end = start;
        while (end < bytes.length && isNumeric(bytes[end])) {
            end++;
        }
        if (end == start) {
            throw fault("a value expected");
        }
        if (end - start <= 3 && isSmallInteger(start, end)) {
            at = end;
            return JsonNumber.of(Integer.parseInt(text(start, end)));
        }
        try {
            JsonNumber number = new JsonNumber(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
            at = end;
            return number;
        } catch (IllegalArgumentException notOne) {
            throw fault("not a number");
        }
    }

    private boolean isSmallInteger(int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return bytes[start] != '0' || end == start + 1;
    }

    private static boolean isNumeric(byte octet) {
        return (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '+'
                || octet == '.'
                || octet == 'e'
                || octet == 'E';
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw fault("'" + wanted + "' expected");
        }
        at++;
    }

    /** The byte at the position, or 256 at the end. */
    private int peek() {
        return at < bytes.length ? bytes[at] & 0xFF : 256;
    }

    private void skipWhitespace() {
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private MalformedJson fault(String fault) {
        return MalformedJson.notJson(fault, at);
    }
}
