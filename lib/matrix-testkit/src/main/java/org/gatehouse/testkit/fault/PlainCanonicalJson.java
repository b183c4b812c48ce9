package org.gatehouse.testkit.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;

/** Canonical JSON in the shortest way, slow and obvious. */
final class PlainCanonicalJson {

    private PlainCanonicalJson() {}

    static String write(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object.names().stream()
                    .sorted(PlainCanonicalJson::byCodePoints)
                    .map(name -> quoted(name) + ":" + write(object.get(name).orElseThrow()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof JsonArray array) {
            return array.values().stream().map(PlainCanonicalJson::write).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof JsonString string) {
            return quoted(string.value());
        }
        return value instanceof JsonNumber number ? number.literal() : value.toString();
    }

    private static int byCodePoints(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }

    private static String quoted(String text) {
        List<String> escaped = text.codePoints()
                .mapToObj(point -> switch (point) {
                    case '"' -> "\\\"";
                    case '\\' -> "\\\\";
                    case '\b' -> "\\b";
                    case '\f' -> "\\f";
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    default -> point < 0x20 ? String.format(Locale.ROOT, "\\u%04x", point) : Character.toString(point);
                })
                .toList();
        return '"' + String.join("", escaped) + '"';
    }
}
