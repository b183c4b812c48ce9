package org.gatehouse.preparation;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How many copies of each row a new keyspace has.
 *
 * @param replicas by data centre
 */
record Replication(Map<String, Integer> replicas) {

    private static final Pattern DATA_CENTRE = Pattern.compile("([A-Za-z0-9_-]+):([1-9])");

    Replication {
        replicas = new TreeMap<>(replicas);
    }

    /** @param text {@code datacenter1:3,datacenter2:3} */
    static Replication of(String text) {
        return new Replication(Arrays.stream(text.split(","))
                .map(part -> DATA_CENTRE.matcher(part.strip()))
                .peek(part -> requireMatch(part, text))
                .collect(Collectors.toMap(part -> part.group(1), part -> Integer.parseInt(part.group(2)))));
    }

    private static void requireMatch(Matcher part, String text) {
        if (!part.matches()) {
            throw new PreparationProblem(
                    "gatehouse.preparation.cassandra-replicas wants data centres and copies, such as"
                            + " datacenter1:3,datacenter2:3, not \"" + text + "\"");
        }
    }

    /** As CREATE KEYSPACE wants it. */
    String cql() {
        return replicas.entrySet().stream()
                .map(entry -> "'" + entry.getKey() + "': " + entry.getValue())
                .collect(Collectors.joining(", ", "{'class': 'NetworkTopologyStrategy', ", "}"));
    }
}
