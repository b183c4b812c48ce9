package org.gatehouse.matrix.canonicaljson;

import org.jspecify.annotations.Nullable;

/** Finds the first defect among values. */
final class Defects {

    private Defects() {}

    static @Nullable JsonDefect firstOf(JsonValue[] values) {
        for (JsonValue value : values) {
            JsonDefect defect = value.defect().orElse(null);
            if (defect != null) {
                return defect;
            }
        }
        return null;
    }
}
