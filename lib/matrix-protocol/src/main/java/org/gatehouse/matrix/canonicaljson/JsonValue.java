package org.gatehouse.matrix.canonicaljson;

import java.util.Optional;

/** An immutable JSON value. {@code toString()} is its canonical form. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /** The kinds of value, for a switch. */
    enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    Kind kind();

    /** The first defect of this value or of anything inside it. */
    Optional<JsonDefect> defect();

    default Optional<JsonObject> asObject() {
        return Optional.empty();
    }

    default Optional<JsonArray> asArray() {
        return Optional.empty();
    }

    default Optional<String> asString() {
        return Optional.empty();
    }
}
