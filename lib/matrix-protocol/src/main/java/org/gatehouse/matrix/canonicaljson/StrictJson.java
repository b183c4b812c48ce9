package org.gatehouse.matrix.canonicaljson;

import java.nio.charset.StandardCharsets;

/**
 * Reads JSON strictly (RFC 8259, UTF-8 only, no byte order mark) into a tree that keeps everything: numbers as they
 * were written, keys of any name. Time is linear in the input, but for the sorting of keys.
 */
public final class StrictJson {

    /** How deep arrays and objects may nest. */
    public static final int MAX_DEPTH = 1_000;

    private StrictJson() {}

    /**
     * Reads one value of any kind.
     *
     * @throws MalformedJson if the bytes are not UTF-8, not one JSON value, or nest deeper than {@link #MAX_DEPTH}
     */
    public static JsonValue parse(byte[] bytes) {
        int fault = Utf8.firstFault(bytes);
        if (fault >= 0) {
            throw MalformedJson.notJson("not UTF-8", fault);
        }
        return new JsonReader(bytes).document();
    }

    /**
     * Reads one object.
     *
     * @throws MalformedJson as {@link #parse}, and with {@code M_BAD_JSON} if the value is not an object
     */
    public static JsonObject parseObject(byte[] bytes) {
        return parse(bytes).asObject().orElseThrow(() -> MalformedJson.badJson("not an object"));
    }

    /** Reads text that this code base wrote itself: a fixture, a template. */
    public static JsonObject parseObject(String text) {
        return parseObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
