package org.gatehouse.matrix.canonicaljson;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON string. */
public final class JsonString implements JsonValue {

    static final JsonString EMPTY = new JsonString("", false, true);

    private final String value;
    private final boolean loneSurrogate;

    /** Whether the text is known to be of ASCII characters that need no escape. */
    private final boolean plain;

    public JsonString(String value) {
        this(value, Surrogates.hasLone(value), false);
    }

    private JsonString(String value, boolean loneSurrogate, boolean plain) {
        this.value = value;
        this.loneSurrogate = loneSurrogate;
        this.plain = plain;
    }

    /** For text decoded from checked UTF-8, which cannot hold half a pair. */
    static JsonString ofWellFormed(String value) {
        return value.isEmpty() ? EMPTY : new JsonString(value, false, false);
    }

    /** For text that was read as ASCII without escapes. */
    static JsonString ofPlain(String value) {
        return value.isEmpty() ? EMPTY : new JsonString(value, false, true);
    }

    boolean isPlain() {
        return plain;
    }

    public String value() {
        return value;
    }

    @Override
    public Kind kind() {
        return Kind.STRING;
    }

    @Override
    public Optional<JsonDefect> defect() {
        return loneSurrogate ? Optional.of(JsonDefect.LONE_SURROGATE) : Optional.empty();
    }

    @Override
    public Optional<String> asString() {
        return Optional.of(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonString that && that.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return CanonicalJson.writeString(this);
    }
}
