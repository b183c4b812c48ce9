package org.gatehouse.matrix.canonicaljson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.gatehouse.matrix.identifier.CodePointOrder;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON object: two arrays, sorted by name in code-point order, so that an object costs little, is found in
 * quickly and is written canonically without sorting.
 */
public final class JsonObject implements JsonValue {

    public static final JsonObject EMPTY = new JsonObject(new String[0], new JsonValue[0], true, null);

    private static final int LINEAR = 16;

    private final String[] names;
    private final JsonValue[] values;

    /** Whether the names are known to be of ASCII characters that need no escape. */
    private final boolean plainNames;

    /** The defect of the names themselves, which stays when single values are replaced. */
    private final @Nullable JsonDefect ownDefect;

    private final @Nullable JsonDefect defect;

    /** Takes the arrays over; the names are sorted and unique. */
    JsonObject(String[] names, JsonValue[] values, boolean plainNames, @Nullable JsonDefect ownDefect) {
        this.names = names;
        this.values = values;
        this.plainNames = plainNames;
        this.ownDefect = ownDefect;
        this.defect = ownDefect != null ? ownDefect : Defects.firstOf(values);
    }

    public static JsonObject of(String name, JsonValue value) {
        return builder().put(name, value).build();
    }

    public static JsonObject of(String name1, JsonValue value1, String name2, JsonValue value2) {
        return builder().put(name1, value1).put(name2, value2).build();
    }

    public static JsonObject of(
            String name1, JsonValue value1, String name2, JsonValue value2, String name3, JsonValue value3) {
        return builder()
                .put(name1, value1)
                .put(name2, value2)
                .put(name3, value3)
                .build();
    }

    public static JsonObject of(
            String name1,
            JsonValue value1,
            String name2,
            JsonValue value2,
            String name3,
            JsonValue value3,
            String name4,
            JsonValue value4) {
        return builder()
                .put(name1, value1)
                .put(name2, value2)
                .put(name3, value3)
                .put(name4, value4)
                .build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public Optional<JsonValue> get(String name) {
        int index = indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(values[index]);
    }

    /** The value if it is a string; likewise the other typed readers. */
    public Optional<String> string(String name) {
        int index = indexOf(name);
        return index < 0 ? Optional.empty() : values[index].asString();
    }

    public Optional<JsonObject> object(String name) {
        int index = indexOf(name);
        return index < 0 ? Optional.empty() : values[index].asObject();
    }

    public Optional<JsonArray> array(String name) {
        int index = indexOf(name);
        return index < 0 ? Optional.empty() : values[index].asArray();
    }

    /** The value if it is an integer literal that fits in a long: {@code 1.0} and {@code 1e3} are not. */
    public OptionalLong integer(String name) {
        int index = indexOf(name);
        return index >= 0 && values[index] instanceof JsonNumber number ? number.asLong() : OptionalLong.empty();
    }

    public Optional<Boolean> bool(String name) {
        int index = indexOf(name);
        return index >= 0 && values[index] instanceof JsonBoolean bool ? Optional.of(bool.value()) : Optional.empty();
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    public JsonObject with(String name, JsonValue value) {
        int found = indexOf(name);
        if (found >= 0) {
            JsonValue[] replaced = values.clone();
            replaced[found] = value;
            return new JsonObject(names, replaced, plainNames, ownDefect);
        }
        int at = -1 - Arrays.binarySearch(names, name, CodePointOrder.COMPARATOR);
        String[] newNames = new String[names.length + 1];
        JsonValue[] newValues = new JsonValue[names.length + 1];
        System.arraycopy(names, 0, newNames, 0, at);
        System.arraycopy(values, 0, newValues, 0, at);
        newNames[at] = name;
        newValues[at] = value;
        System.arraycopy(names, at, newNames, at + 1, names.length - at);
        System.arraycopy(values, at, newValues, at + 1, names.length - at);
        boolean broken = ownDefect == null && Surrogates.hasLone(name);
        return new JsonObject(newNames, newValues, false, broken ? JsonDefect.LONE_SURROGATE : ownDefect);
    }

    public JsonObject with(String name, String value) {
        return with(name, new JsonString(value));
    }

    public JsonObject with(String name, long value) {
        return with(name, JsonNumber.of(value));
    }

    public JsonObject with(String name, boolean value) {
        return with(name, JsonBoolean.of(value));
    }

    public JsonObject without(String... unwanted) {
        boolean absent = true;
        for (String name : unwanted) {
            absent &= indexOf(name) < 0;
        }
        if (absent) {
            return this;
        }
        String[] keptNames = new String[names.length];
        JsonValue[] keptValues = new JsonValue[names.length];
        int kept = 0;
        for (int i = 0; i < names.length; i++) {
            if (!Arrays.asList(unwanted).contains(names[i])) {
                keptNames[kept] = names[i];
                keptValues[kept++] = values[i];
            }
        }
        return new JsonObject(Arrays.copyOf(keptNames, kept), Arrays.copyOf(keptValues, kept), plainNames, ownDefect);
    }

    /** The names, in code-point order. */
    public List<String> names() {
        return Collections.unmodifiableList(Arrays.asList(names));
    }

    /** Visits the members in code-point order of their names. */
    public void forEach(BiConsumer<String, JsonValue> visitor) {
        for (int i = 0; i < names.length; i++) {
            visitor.accept(names[i], values[i]);
        }
    }

    public int size() {
        return names.length;
    }

    public boolean isEmpty() {
        return names.length == 0;
    }

    @Override
    public Kind kind() {
        return Kind.OBJECT;
    }

    @Override
    public Optional<JsonDefect> defect() {
        return Optional.ofNullable(defect);
    }

    @Override
    public Optional<JsonObject> asObject() {
        return Optional.of(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that
                && Arrays.equals(names, that.names)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return CanonicalJson.writeString(this);
    }

    boolean hasPlainNames() {
        return plainNames;
    }

    String nameAt(int index) {
        return names[index];
    }

    JsonValue valueAt(int index) {
        return values[index];
    }

    /** The place of a name, or a negative number. */
    int indexOf(String name) {
        if (names.length > LINEAR) {
            return Arrays.binarySearch(names, name, CodePointOrder.COMPARATOR);
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Collects members in any order. A name put twice keeps its last value. */
    public static final class Builder {

        private final List<String> names = new ArrayList<>();
        private final List<JsonValue> values = new ArrayList<>();

        private Builder() {}

        public Builder put(String name, JsonValue value) {
            names.add(name);
            values.add(value);
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        public Builder put(String name, long value) {
            return put(name, JsonNumber.of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, JsonBoolean.of(value));
        }

        /** Puts the value if there is one. */
        public Builder putIfPresent(String name, Optional<? extends JsonValue> value) {
            value.ifPresent(present -> put(name, present));
            return this;
        }

        public JsonObject build() {
            return MemberSort.toObject(names.toArray(new String[0]), values.toArray(new JsonValue[0]), false, null);
        }
    }
}
