package org.gatehouse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gatehouse.cluster.Topics;
import org.junit.jupiter.api.Test;

/** What the documents say is what the code does. */
class DocumentsTest {

    private static final Pattern TABLE = Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+)");
    private static final Pattern USES = Pattern.compile("(?:FROM|INTO|UPDATE) (\\w+)");
    private static final Map<String, String> KEYSPACES = new TreeMap<>(Map.of(
            "ingress", "ingress-service",
            "event_graph", "event-graph-service",
            "state_resolution", "state-resolution-service",
            "keys", "key-service",
            "egress", "egress-service",
            "provider", "provider-service"));

    @Test
    void topicsMdHasARowForEachTopicWithItsProducersAndReaders() throws IOException {
        List<String> lines = Files.readAllLines(Modules.root().resolve("docs/topics.md"));
        for (Topics topic : Topics.values()) {
            List<String> row = lines.stream()
                    .filter(line -> line.startsWith("| " + topic.baseName() + " |"))
                    .flatMap(line -> Stream.of(line.split("\\|")))
                    .map(String::trim)
                    .toList();
            assertThat(row).as(topic.baseName()).hasSizeGreaterThan(7);
            assertThat(names(row.get(4))).as(topic.baseName()).isEqualTo(new TreeSet<>(topic.producers()));
            assertThat(names(row.get(5))).as(topic.baseName()).isEqualTo(new TreeSet<>(topic.readers()));
            assertThat(row.get(6)).as(topic.baseName()).isEqualTo(String.valueOf(topic.partitions()));
        }
    }

    @Test
    void tablesMdHasARowForEachTable() throws IOException {
        String page = Files.readString(Modules.root().resolve("docs/tables.md"));
        for (String keyspace : KEYSPACES.keySet()) {
            for (String table : tablesOf(keyspace)) {
                assertThat(page).contains("| " + keyspace + " | " + table + " |");
            }
        }
    }

    @Test
    void everyServiceUsesTheTablesOfItsOwnKeyspaceOnly() throws IOException {
        for (Map.Entry<String, String> entry : KEYSPACES.entrySet()) {
            Set<String> own = tablesOf(entry.getKey());
            Set<String> used = new TreeSet<>();
            try (Stream<Path> files =
                    Files.walk(Modules.root().resolve(entry.getValue()).resolve("src/main/java"))) {
                for (Path file : files.filter(
                                path -> path.getFileName().toString().endsWith(".java"))
                        .toList()) {
                    String source = Files.readString(file);
                    if (source.contains("com.datastax")) {
                        Matcher matcher = USES.matcher(source);
                        while (matcher.find()) {
                            used.add(matcher.group(1));
                        }
                    }
                }
            }
            assertThat(own).as(entry.getValue()).containsAll(used);
            assertThat(used).as(entry.getValue()).isNotEmpty();
        }
    }

    @Test
    void conformanceMdHasARowForEachOfThe36Operations() throws IOException {
        long rows = Files.readAllLines(Modules.root().resolve("docs/conformance.md")).stream()
                .filter(line -> line.matches("\\| (GET|PUT|POST) `.*"))
                .count();
        assertThat(rows).isGreaterThanOrEqualTo(36);
    }

    @Test
    void everyTestThatConformanceMdNamesExists() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Modules.root())) {
            tests = files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        Matcher named = Pattern.compile("`(\\w+Test)`")
                .matcher(Files.readString(Modules.root().resolve("docs/conformance.md")));
        List<String> missing = new ArrayList<>();
        while (named.find()) {
            if (!tests.contains(named.group(1))) {
                missing.add(named.group(1));
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Set<String> tablesOf(String keyspace) throws IOException {
        Path folder = Modules.root()
                .resolve("lib/cassandra-support/src/main/resources/schema")
                .resolve(keyspace);
        Set<String> tables = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher matcher = TABLE.matcher(Files.readString(file));
                while (matcher.find()) {
                    tables.add(matcher.group(1));
                }
            }
        }
        assertThat(tables).as(keyspace).isNotEmpty();
        return tables;
    }

    private static Set<String> names(String cell) {
        return Stream.of(cell.split(","))
                .map(String::trim)
                .filter(name -> !name.equals("(operators)"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
