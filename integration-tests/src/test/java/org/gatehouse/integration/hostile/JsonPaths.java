package org.gatehouse.integration.hostile;

import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;

/** Changes objects inside objects, by paths such as {@code content/body}. */
final class JsonPaths {

    private JsonPaths() {}

    static JsonObject with(JsonObject object, String path, JsonValue value) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            return object.with(path, value);
        }
        String name = path.substring(0, slash);
        JsonObject inner = object.object(name).orElse(JsonObject.EMPTY);
        return object.with(name, with(inner, path.substring(slash + 1), value));
    }

    static JsonObject without(JsonObject object, String path) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            return object.without(path);
        }
        String name = path.substring(0, slash);
        JsonObject inner = object.object(name).orElse(JsonObject.EMPTY);
        return object.with(name, without(inner, path.substring(slash + 1)));
    }
}
