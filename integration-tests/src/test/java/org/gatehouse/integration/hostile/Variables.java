package org.gatehouse.integration.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;

/**
 * What stands in a case as {@code ${name}}: the server, the peer, the rooms and so on. {@code ${x*1000}} is a thousand
 * times the letter.
 */
final class Variables {

    private static final Pattern NAME = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern REPEATED = Pattern.compile("(.+)\\*(\\d+)");

    private final Map<String, String> values = new TreeMap<>();

    Variables with(String name, String value) {
        Variables more = new Variables();
        more.values.putAll(values);
        more.values.put(name, value);
        return more;
    }

    String in(String text) {
        Matcher names = NAME.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (names.find()) {
            names.appendReplacement(filled, Matcher.quoteReplacement(value(names.group(1))));
        }
        return names.appendTail(filled).toString();
    }

    JsonValue in(JsonValue value) {
        if (value instanceof JsonString text) {
            return new JsonString(in(text.value()));
        }
        if (value instanceof JsonArray array) {
            List<JsonValue> entries = new ArrayList<>();
            array.values().forEach(entry -> entries.add(in(entry)));
            return JsonArray.of(entries);
        }
        if (value instanceof JsonObject object) {
            JsonObject.Builder filled = JsonObject.builder();
            object.forEach((name, member) -> filled.put(in(name), in(member)));
            return filled.build();
        }
        return value;
    }

    private String value(String name) {
        Matcher repeated = REPEATED.matcher(name);
        if (repeated.matches()) {
            return repeated.group(1).repeat(Integer.parseInt(repeated.group(2)));
        }
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no ${" + name + "}");
        }
        return value;
    }
}
