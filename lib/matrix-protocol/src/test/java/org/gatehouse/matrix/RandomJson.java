package org.gatehouse.matrix;

import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonBoolean;
import org.gatehouse.matrix.canonicaljson.JsonNull;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.quicktheories.core.Gen;
import org.quicktheories.core.RandomnessSource;
import org.quicktheories.impl.Constraint;

/** JSON for property tests: every kind of value, the edges of every rule about them. Shrinks towards small values. */
public final class RandomJson {

    private static final int[] CODE_POINTS = {
        'a', 'b', 'z', 'A', '0', ' ', '/', '"', '\\', 0, 8, 9, 0xA, 0xC, 0xD, 0x1F, 0x7F, 0x80, 0xE9, 0x7FF, 0x2028,
        0xD7FF, 0xE000, 0xFB01, 0xFFFF, 0x1_0000, 0x1_F600, 0x10_FFFF
    };

    private static final String[] LOOSE_NUMBERS = {
        "1.5", "-0", "1e3", "1E10", "-0.0", "1e-07", "1e400", "9007199254740992", "-9223372036854775809", "1.0"
    };

    private RandomJson() {}

    /** Values that every room version takes: no defect, only integers of canonical JSON. */
    public static Gen<JsonValue> strict() {
        return source -> value(source, 3, false);
    }

    /** Values that old room versions take: any number that JSON can write. */
    public static Gen<JsonValue> tolerant() {
        return source -> value(source, 3, true);
    }

    public static Gen<JsonObject> object(boolean looseNumbers) {
        return source -> object(source, 3, looseNumbers);
    }

    /** A number from 0 to the given one, itself included. */
    public static int upTo(RandomnessSource source, int most) {
        return (int) source.next(Constraint.between(0, most));
    }

    public static <T> T oneOf(RandomnessSource source, List<T> choices) {
        return choices.get(upTo(source, choices.size() - 1));
    }

    public static String text(RandomnessSource source, int mostCodePoints) {
        StringBuilder text = new StringBuilder();
        for (int length = upTo(source, mostCodePoints); length > 0; length--) {
            text.appendCodePoint(CODE_POINTS[upTo(source, CODE_POINTS.length - 1)]);
        }
        return text.toString();
    }

    public static JsonValue value(RandomnessSource source, int depth, boolean looseNumbers) {
        switch (upTo(source, depth > 0 ? 6 : 4)) {
            case 0:
                return JsonNull.NULL;
            case 1:
                return JsonBoolean.of(upTo(source, 1) == 1);
            case 2:
            case 3:
                return number(source, looseNumbers);
            case 4:
                return new JsonString(text(source, 6));
            case 5:
                return array(source, depth - 1, looseNumbers);
            default:
                return object(source, depth - 1, looseNumbers);
        }
    }

    private static JsonNumber number(RandomnessSource source, boolean looseNumbers) {
        if (looseNumbers && upTo(source, 2) == 2) {
            return new JsonNumber(LOOSE_NUMBERS[upTo(source, LOOSE_NUMBERS.length - 1)]);
        }
        return JsonNumber.of(
                source.next(Constraint.between(-JsonNumber.MAX_SAFE_INTEGER, JsonNumber.MAX_SAFE_INTEGER)));
    }

    private static JsonArray array(RandomnessSource source, int depth, boolean looseNumbers) {
        List<JsonValue> values = new ArrayList<>();
        for (int size = upTo(source, 3); size > 0; size--) {
            values.add(value(source, depth, looseNumbers));
        }
        return JsonArray.of(values);
    }

    private static JsonObject object(RandomnessSource source, int depth, boolean looseNumbers) {
        JsonObject object = JsonObject.EMPTY;
        for (int size = upTo(source, 4); size > 0; size--) {
            object = object.with(text(source, 3), value(source, depth, looseNumbers));
        }
        return object;
    }
}
