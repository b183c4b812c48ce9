package org.gatehouse.matrix.canonicaljson;

import java.util.Arrays;
import java.util.List;
import org.gatehouse.matrix.identifier.CodePointOrder;
import org.jspecify.annotations.Nullable;

/** Turns members in the order of their arrival into an object: sorted, of equal names the last. */
final class MemberSort {

    private MemberSort() {}

    /** @param onDuplicate the defect that a name put twice is, or null where that is allowed */
    static JsonObject toObject(List<String> names, List<JsonValue> values, @Nullable JsonDefect onDuplicate) {
        if (names.isEmpty()) {
            return JsonObject.EMPTY;
        }
        JsonDefect lone = anyHasLoneSurrogate(names) ? JsonDefect.LONE_SURROGATE : null;
        String[] nameArray = names.toArray(new String[0]);
        JsonValue[] valueArray = values.toArray(new JsonValue[0]);
        return isSorted(nameArray)
                ? new JsonObject(nameArray, valueArray, lone)
                : sorted(nameArray, valueArray, lone, onDuplicate);
    }

    private static boolean anyHasLoneSurrogate(List<String> names) {
        for (String name : names) {
            if (Surrogates.hasLone(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the names ascend without equals, as they do in canonical JSON. */
    private static boolean isSorted(String[] names) {
        for (int i = 1; i < names.length; i++) {
            if (CodePointOrder.compare(names[i - 1], names[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static JsonObject sorted(
            String[] names, JsonValue[] values, @Nullable JsonDefect lone, @Nullable JsonDefect onDuplicate) {
        Integer[] order = new Integer[names.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        // A stable sort: of equal names, the one that came last stays last.
        Arrays.sort(order, (a, b) -> CodePointOrder.compare(names[a], names[b]));
        String[] sortedNames = new String[names.length];
        JsonValue[] sortedValues = new JsonValue[names.length];
        int count = 0;
        for (int index : order) {
            boolean repeats = count > 0 && sortedNames[count - 1].equals(names[index]);
            int at = repeats ? count - 1 : count++;
            sortedNames[at] = names[index];
            sortedValues[at] = values[index];
        }
        JsonDefect defect = lone == null && count < names.length ? onDuplicate : lone;
        return new JsonObject(Arrays.copyOf(sortedNames, count), Arrays.copyOf(sortedValues, count), defect);
    }
}
