package org.gatehouse.matrix.canonicaljson;

import java.util.Optional;

/** A JSON boolean. */
public record JsonBoolean(boolean value) implements JsonValue {

    public static final JsonBoolean TRUE = new JsonBoolean(true);
    public static final JsonBoolean FALSE = new JsonBoolean(false);

    public static JsonBoolean of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public Kind kind() {
        return Kind.BOOLEAN;
    }

    @Override
    public Optional<JsonDefect> defect() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return Boolean.toString(value);
    }
}
