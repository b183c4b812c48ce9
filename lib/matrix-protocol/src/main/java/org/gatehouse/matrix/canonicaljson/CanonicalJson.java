package org.gatehouse.matrix.canonicaljson;

import java.nio.charset.StandardCharsets;

/**
 * Canonical JSON (Appendices, "Canonical JSON"): shortest form, keys in code-point order, UTF-8, only the escapes that
 * the grammar asks for.
 */
public final class CanonicalJson {

    private CanonicalJson() {}

    /**
     * Writes a value in canonical form. Numbers that canonical JSON does not know (1.5) are written as they were read:
     * whether they may stand is asked by {@link #isStrict}.
     */
    public static byte[] write(JsonValue value) {
        CanonicalWriter writer = new CanonicalWriter();
        writer.value(value);
        return writer.bytes();
    }

    /** Writes a value in canonical form, as text. */
    public static String writeString(JsonValue value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    /**
     * Whether the value keeps the rule of room version 6 and later: all numbers are integers within ±(2^53 - 1), none
     * is written {@code -0}, and there is no defect.
     */
    public static boolean isStrict(JsonValue value) {
        return value.defect().isEmpty() && hasOnlyCanonicalNumbers(value);
    }

    private static boolean hasOnlyCanonicalNumbers(JsonValue value) {
        return switch (value.kind()) {
            case NUMBER -> ((JsonNumber) value).isCanonical();
            case ARRAY -> hasOnlyCanonicalNumbers((JsonArray) value);
            case OBJECT -> hasOnlyCanonicalNumbers((JsonObject) value);
            case STRING, BOOLEAN, NULL -> true;
        };
    }

    private static boolean hasOnlyCanonicalNumbers(JsonArray array) {
        for (int i = 0; i < array.size(); i++) {
            if (!hasOnlyCanonicalNumbers(array.valueAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasOnlyCanonicalNumbers(JsonObject object) {
        for (int i = 0; i < object.size(); i++) {
            if (!hasOnlyCanonicalNumbers(object.valueAt(i))) {
                return false;
            }
        }
        return true;
    }
}
