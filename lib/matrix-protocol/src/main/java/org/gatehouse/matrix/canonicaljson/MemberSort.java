package org.gatehouse.matrix.canonicaljson;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import org.gatehouse.matrix.identifier.CodePointOrder;
import org.jspecify.annotations.Nullable;

/** Turns members in the order of their arrival into an object: sorted, of equal names the last. */
final class MemberSort {

    private MemberSort() {}

    /**
     * The members as an object, which takes the arrays over.
     *
     * @param plain whether the names are known to be of ASCII characters that need no escape
     * @param onDuplicate the defect that a name put twice is, or null where that is allowed
     */
    static JsonObject toObject(String[] names, JsonValue[] values, boolean plain, @Nullable JsonDefect onDuplicate) {
        if (names.length == 0) {
            return JsonObject.EMPTY;
        }
        boolean surrogates = !plain && any(names, Surrogates::hasAny);
        JsonDefect lone = surrogates && any(names, Surrogates::hasLone) ? JsonDefect.LONE_SURROGATE : null;
        // Without surrogates the two orders are one, and the JDK has the faster comparison.
        Comparator<String> order = surrogates ? CodePointOrder.COMPARATOR : Comparator.naturalOrder();
        return isSorted(names, order)
                ? new JsonObject(names, values, plain, lone)
                : sorted(names, values, order, plain, lone, onDuplicate);
    }

    private static boolean any(String[] names, Predicate<String> wanted) {
        for (String name : names) {
            if (wanted.test(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the names ascend without equals, as they do in canonical JSON. */
    private static boolean isSorted(String[] names, Comparator<String> order) {
        for (int i = 1; i < names.length; i++) {
            if (order.compare(names[i - 1], names[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static JsonObject sorted(
            String[] names,
            JsonValue[] values,
            Comparator<String> order,
            boolean plain,
            @Nullable JsonDefect lone,
            @Nullable JsonDefect onDuplicate) {
        int[] indexes = plain && PrefixSort.pays(names) ? PrefixSort.order(names) : order(names, order);
        String[] sortedNames = new String[names.length];
        JsonValue[] sortedValues = new JsonValue[names.length];
        int count = 0;
        for (int index : indexes) {
            boolean repeats = count > 0 && sortedNames[count - 1].equals(names[index]);
            int at = repeats ? count - 1 : count++;
            sortedNames[at] = names[index];
            sortedValues[at] = values[index];
        }
        JsonDefect defect = lone == null && count < names.length ? onDuplicate : lone;
        return new JsonObject(Arrays.copyOf(sortedNames, count), Arrays.copyOf(sortedValues, count), plain, defect);
    }

    /** A stable sort: of equal names, the one that came last stays last. */
    private static int[] order(String[] names, Comparator<String> order) {
        Integer[] indexes = new Integer[names.length];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = i;
        }
        Arrays.sort(indexes, (a, b) -> order.compare(names[a], names[b]));
        return Arrays.stream(indexes).mapToInt(Integer::intValue).toArray();
    }
}
