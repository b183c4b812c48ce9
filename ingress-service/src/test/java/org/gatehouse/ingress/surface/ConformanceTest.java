package org.gatehouse.ingress.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page says of each operation what the table says. */
class ConformanceTest {

    private static final Path PAGE = Path.of("..", "docs", "conformance.md");

    @ParameterizedTest
    @EnumSource(Operation.class)
    void theRowNamesOwnerAndState(Operation operation) throws IOException {
        List<String> row = rows().get(operation.method() + " `" + operation.path() + "`");

        assertThat(row).as(operation.name()).isNotNull();
        assertThat(row.get(2)).isEqualTo(operation.owner());
        String state = row.get(4);
        if (operation.notBuilt().isPresent()) {
            NotBuilt answer = operation.notBuilt().orElseThrow();
            assertThat(state).startsWith("not yet").contains(answer.status() + " `" + answer.errcode() + "`");
        } else {
            assertThat(state).doesNotStartWith("not yet");
        }
        assertThat(state.contains("ACL")).as("ACL").isEqualTo(operation.asksAcl());
        assertThat(state.matches(".*\\bmembers\\b.*")).as("members").isEqualTo(operation.asksMembership());
    }

    @Test
    void thereAreNoOtherRows() throws IOException {
        assertThat(rows().keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Operation.values())
                        .map(operation -> operation.method() + " `" + operation.path() + "`")
                        .toList());
    }

    private static Map<String, List<String>> rows() throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.matches("\\| (GET|PUT|POST) `.*")) {
                List<String> cells =
                        Stream.of(line.split("\\|")).map(String::trim).toList();
                rows.put(cells.get(1), cells);
            }
        }
        return rows;
    }
}
