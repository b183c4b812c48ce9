package org.gatehouse.matrix.canonicaljson;

import java.util.Arrays;
import org.gatehouse.matrix.identifier.CodePointOrder;
import org.jspecify.annotations.Nullable;

/** Turns members in the order of their arrival into an object: sorted, of equal names the last. */
final class MemberSort {

    private MemberSort() {}

    /**
     * @param ownDefect a defect of the names that is known already
     * @param onDuplicate the defect that a name put twice is, or null where that is allowed
     */
    static JsonObject toObject(
            String[] names, JsonValue[] values, @Nullable JsonDefect ownDefect, @Nullable JsonDefect onDuplicate) {
        if (names.length == 0) {
            return JsonObject.EMPTY;
        }
        return isSorted(names)
                ? new JsonObject(names, values, ownDefect)
                : sorted(names, values, ownDefect, onDuplicate);
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
            String[] names, JsonValue[] values, @Nullable JsonDefect ownDefect, @Nullable JsonDefect onDuplicate) {
        Integer[] order = new Integer[names.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
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
        JsonDefect defect = ownDefect == null && count < names.length ? onDuplicate : ownDefect;
        return new JsonObject(Arrays.copyOf(sortedNames, count), Arrays.copyOf(sortedValues, count), defect);
    }
}
