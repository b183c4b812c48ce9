package org.gatehouse.matrix.canonicaljson;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A second writer of canonical JSON, written from the grammar of the appendices and sharing no code with the first:
 * slow, by joining strings, ordering keys by their UTF-8 bytes. For well-formed values only.
 */
final class PlainWriter {

    private PlainWriter() {}

    static byte[] write(JsonValue value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<byte[], String> members = new TreeMap<>(Arrays::compareUnsigned);
            object.forEach((name, member) ->
                    members.put(name.getBytes(StandardCharsets.UTF_8), quoted(name) + ":" + text(member)));
            return "{" + String.join(",", members.values()) + "}";
        }
        if (value instanceof JsonArray array) {
            return array.values().stream().map(PlainWriter::text).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof JsonString string) {
            return quoted(string.value());
        }
        if (value instanceof JsonNumber number) {
            return number(number.literal());
        }
        return value instanceof JsonBoolean bool ? String.valueOf(bool.value()) : "null";
    }

    private static String number(String literal) {
        if (literal.contains(".")) {
            return literal;
        }
        BigDecimal value = new BigDecimal(literal);
        boolean safe = value.abs().compareTo(BigDecimal.valueOf(9007199254740991L)) <= 0
                && value.stripTrailingZeros().scale() <= 0;
        return safe && !literal.contains("e-") && !literal.contains("E-")
                ? value.toBigIntegerExact().toString()
                : literal;
    }

    private static String quoted(String text) {
        return "\"" + text.codePoints().mapToObj(PlainWriter::character).collect(Collectors.joining()) + "\"";
    }

    private static String character(int codePoint) {
        int named = "\b\t\n\f\r\"\\".indexOf(codePoint);
        if (named >= 0) {
            return "\\" + "btnfr\"\\".charAt(named);
        }
        return codePoint < 0x20 ? String.format("\\u%04x", codePoint) : Character.toString(codePoint);
    }
}
