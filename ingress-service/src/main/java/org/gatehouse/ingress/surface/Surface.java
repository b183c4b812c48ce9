package org.gatehouse.ingress.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the row of the table that a path is for. Empty segments are no values; nothing is decoded to match. */
final class Surface {

    private static final Map<Integer, List<Operation>> BY_LENGTH = byLength();

    private Surface() {}

    /** The operation; the first one that fits. */
    static Optional<Operation> find(String method, String path) {
        return fitting(path).stream()
                .filter(operation -> operation.method().equals(method))
                .findFirst();
    }

    /** The methods that the path knows, in the table's order; empty for an unknown path. */
    static List<String> methods(String path) {
        return fitting(path).stream().map(Operation::method).distinct().toList();
    }

    private static List<Operation> fitting(String path) {
        String[] segments = path.split("/", -1);
        return BY_LENGTH.getOrDefault(segments.length, List.of()).stream()
                .filter(operation -> fits(operation.segments(), segments))
                .toList();
    }

    private static boolean fits(List<String> template, String[] segments) {
        for (int i = 0; i < segments.length; i++) {
            boolean named = template.get(i).startsWith("{");
            if (named ? segments[i].isEmpty() : !template.get(i).equals(segments[i])) {
                return false;
            }
        }
        return true;
    }

    private static Map<Integer, List<Operation>> byLength() {
        Map<Integer, List<Operation>> byLength = new TreeMap<>();
        for (Operation operation : Operation.values()) {
            byLength.computeIfAbsent(operation.segments().size(), length -> new ArrayList<>())
                    .add(operation);
        }
        return byLength;
    }
}
