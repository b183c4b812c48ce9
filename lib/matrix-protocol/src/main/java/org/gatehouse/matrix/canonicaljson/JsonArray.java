package org.gatehouse.matrix.canonicaljson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An immutable JSON array. */
public final class JsonArray implements JsonValue {

    public static final JsonArray EMPTY = new JsonArray(new JsonValue[0]);

    private final JsonValue[] values;
    private final @Nullable JsonDefect defect;

    /** Takes the array over. */
    private JsonArray(JsonValue[] values) {
        this.values = values;
        this.defect = Defects.firstOf(values);
    }

    public static JsonArray of(JsonValue... values) {
        return values.length == 0 ? EMPTY : new JsonArray(values.clone());
    }

    /** Takes the array over. */
    static JsonArray ofOwned(JsonValue[] values) {
        return values.length == 0 ? EMPTY : new JsonArray(values);
    }

    public static JsonArray of(Collection<? extends JsonValue> values) {
        return values.isEmpty() ? EMPTY : new JsonArray(values.toArray(new JsonValue[0]));
    }

    public static JsonArray ofStrings(Collection<String> values) {
        List<JsonValue> strings = new ArrayList<>(values.size());
        for (String value : values) {
            strings.add(new JsonString(value));
        }
        return of(strings);
    }

    public List<JsonValue> values() {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    JsonValue valueAt(int index) {
        return values[index];
    }

    /** The entries that are strings; others are passed over. */
    public List<String> strings() {
        List<String> strings = new ArrayList<>(values.length);
        for (JsonValue value : values) {
            if (value instanceof JsonString string) {
                strings.add(string.value());
            }
        }
        return Collections.unmodifiableList(strings);
    }

    public int size() {
        return values.length;
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    @Override
    public Kind kind() {
        return Kind.ARRAY;
    }

    @Override
    public Optional<JsonDefect> defect() {
        return Optional.ofNullable(defect);
    }

    @Override
    public Optional<JsonArray> asArray() {
        return Optional.of(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonArray that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return CanonicalJson.writeString(this);
    }
}
