package org.gatehouse.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {

    @Test
    void splitsStatementsOutsideOfTextAndComments() {
        Migration migration = Migration.of("0001-first.cql", """
                -- a comment; with a semicolon
                CREATE TABLE a (id text PRIMARY KEY)
                  WITH comment = 'it''s; here -- too'; // another; one
                CREATE TABLE b (id int PRIMARY KEY);
                """);

        assertThat(migration.statements())
                .containsExactly(
                        "CREATE TABLE a (id text PRIMARY KEY)\n  WITH comment = 'it''s; here -- too'",
                        "CREATE TABLE b (id int PRIMARY KEY)");
    }

    @Test
    void hasAChecksumThatDoesNotDependOnLineEnds() {
        Migration unix = Migration.of("0001-a.cql", "A;\nB;\n");

        assertThat(Migration.of("0001-a.cql", "A;\r\nB;\r\n").checksum()).isEqualTo(unix.checksum());
        assertThat(Migration.of("0001-a.cql", "A;\nC;\n").checksum()).isNotEqualTo(unix.checksum());
    }

    @Test
    void readsFoldersInTheOrderOfTheirNumbers(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("ingress"));
        Files.writeString(folder.resolve("README.md"), "not a keyspace");
        Files.writeString(folder.resolve("ingress/0002-second.cql"), "B;");
        Files.writeString(folder.resolve("ingress/0001-first.cql"), "A;");

        assertThat(SchemaFiles.read(folder))
                .containsOnlyKeys("ingress")
                .hasEntrySatisfying(
                        "ingress",
                        migrations -> assertThat(migrations)
                                .extracting(Migration::name)
                                .containsExactly("first", "second"));
    }

    @Test
    void refusesGapsAndOtherNames(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("keys"));
        Files.writeString(folder.resolve("keys/0002-second.cql"), "B;");
        assertThatThrownBy(() -> SchemaFiles.read(folder)).hasMessageContaining("keys");

        Files.move(folder.resolve("keys/0002-second.cql"), folder.resolve("keys/first.cql"));
        assertThatThrownBy(() -> SchemaFiles.read(folder)).hasMessageContaining("NNNN-name.cql");
    }

    /** What the services' owners have put there can be read, and each statement is additive. */
    @Test
    void readsTheSchemaOfThisRelease() {
        List<String> statements = SchemaFiles.all().values().stream()
                .flatMap(List::stream)
                .flatMap(migration -> migration.statements().stream())
                .toList();

        assertThat(statements)
                .allSatisfy(statement -> assertThat(statement.toUpperCase(java.util.Locale.ROOT))
                        .containsPattern("^(CREATE (TABLE|TYPE) IF NOT EXISTS|ALTER TABLE .* ADD )"));
    }
}
