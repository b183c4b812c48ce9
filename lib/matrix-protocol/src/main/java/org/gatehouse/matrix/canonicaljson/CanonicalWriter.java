package org.gatehouse.matrix.canonicaljson;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes canonical JSON into a growing buffer; runs of plain ASCII are copied whole. */
final class CanonicalWriter {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private byte[] buffer;
    private int length;

    CanonicalWriter() {
        this(2048);
    }

    /** @param capacity how many bytes are expected; more may come */
    CanonicalWriter(int capacity) {
        buffer = new byte[capacity];
    }

    byte[] bytes() {
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    void value(JsonValue value) {
        switch (value.kind()) {
            case OBJECT -> object((JsonObject) value);
            case ARRAY -> array((JsonArray) value);
            case STRING -> string((JsonString) value);
            case NUMBER, BOOLEAN, NULL -> ascii(value.toString());
        }
    }

    /** How many bytes have been written. */
    int length() {
        return length;
    }

    void open() {
        put('{');
    }

    void close() {
        put('}');
    }

    void member(boolean isFirst, JsonObject object, int index) {
        member(isFirst, object.nameAt(index), object.hasPlainNames(), object.valueAt(index));
    }

    void member(boolean isFirst, String name, boolean isPlain, JsonValue value) {
        if (!isFirst) {
            put(',');
        }
        if (isPlain) {
            plain(name);
        } else {
            string(name);
        }
        put(':');
        value(value);
    }

    /** A member that has been written before. */
    void member(boolean isFirst, byte[] written, int from, int to) {
        if (!isFirst) {
            put(',');
        }
        reserve(to - from);
        System.arraycopy(written, from, buffer, length, to - from);
        length += to - from;
    }

    private void object(JsonObject object) {
        open();
        for (int i = 0; i < object.size(); i++) {
            member(i == 0, object, i);
        }
        close();
    }

    private void array(JsonArray array) {
        put('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                put(',');
            }
            value(array.valueAt(i));
        }
        put(']');
    }

    private void string(JsonString string) {
        if (string.isPlain()) {
            plain(string.value());
        } else {
            string(string.value());
        }
    }

    private void plain(String text) {
        put('"');
        latin(text, 0, text.length());
        put('"');
    }

    private void string(String text) {
        put('"');
        int from = 0;
        while (from < text.length()) {
            int plain = plainUntil(text, from);
            latin(text, from, plain);
            from = plain < text.length() ? special(text, plain) : plain;
        }
        put('"');
    }

    /** Writes the character at the index, which is not plain ASCII, and answers the index behind it. */
    private int special(String text, int at) {
        char unit = text.charAt(at);
        if (unit < 0x80) {
            escape(unit);
        } else if (!Character.isSurrogate(unit)) {
            utf8(unit);
        } else if (Surrogates.isPair(text, at)) {
            utf8(Character.toCodePoint(unit, text.charAt(at + 1)));
            return at + 2;
        } else {
            unicodeEscape(unit);
        }
        return at + 1;
    }

    private static int plainUntil(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char unit = text.charAt(at);
            if (unit < 0x20 || unit >= 0x80 || unit == '"' || unit == '\\') {
                return at;
            }
            at++;
        }
        return at;
    }

    private void escape(char unit) {
        switch (unit) {
            case '"', '\\' -> pair(unit);
            case '\b' -> pair('b');
            case '\t' -> pair('t');
            case '\n' -> pair('n');
            case '\f' -> pair('f');
            case '\r' -> pair('r');
            default -> unicodeEscape(unit);
        }
    }

    private void pair(char escaped) {
        put('\\');
        put(escaped);
    }

    private void unicodeEscape(char unit) {
        pair('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put((char) HEX[(unit >> shift) & 0xF]);
        }
    }

    private void utf8(int codePoint) {
        reserve(4);
        if (codePoint < 0x800) {
            buffer[length++] = (byte) (0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x1_0000) {
                buffer[length++] = (byte) (0xE0 | (codePoint >> 12));
            } else {
                buffer[length++] = (byte) (0xF0 | (codePoint >> 18));
                buffer[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            }
            buffer[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        buffer[length++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void ascii(String text) {
        latin(text, 0, text.length());
    }

    /** Copies a run of ASCII; the deprecated method is the one that does so without a scratch array. */
    @SuppressWarnings("deprecation")
    private void latin(String text, int from, int to) {
        reserve(to - from);
        text.getBytes(from, to, buffer, length);
        length += to - from;
    }

    private void put(char ascii) {
        reserve(1);
        buffer[length++] = (byte) ascii;
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            long wanted = Math.max((long) length + more, 2L * buffer.length);
            if ((long) length + more > MAX_LENGTH) {
                throw new IllegalStateException("canonical JSON is larger than an array can be");
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(wanted, MAX_LENGTH));
        }
    }
}
