package org.gatehouse.matrix.canonicaljson;

import java.util.Optional;

/** The JSON null. */
public record JsonNull() implements JsonValue {

    public static final JsonNull NULL = new JsonNull();

    @Override
    public Kind kind() {
        return Kind.NULL;
    }

    @Override
    public Optional<JsonDefect> defect() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "null";
    }
}
