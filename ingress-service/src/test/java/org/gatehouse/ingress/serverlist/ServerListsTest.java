package org.gatehouse.ingress.serverlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.start.Settings;
import org.gatehouse.runtime.start.StartRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerListsTest {

    private static final ServerName ONE = new ServerName("one.example");
    private static final ServerName TWO = new ServerName("two.example");

    @TempDir
    Path folder;

    private Path allow;
    private Path deny;
    private long changes;

    @BeforeEach
    void files() {
        allow = folder.resolve("allow.txt");
        deny = folder.resolve("deny.txt");
    }

    @Test
    void withoutFilesAllAreWelcome() {
        assertThat(lists(Optional.empty(), Optional.empty()).denialOf(ONE)).isEmpty();
    }

    @Test
    void theDenyListRefusesWhomItHas() throws IOException {
        write(deny, "one.example");

        ServerLists lists = lists(Optional.empty(), Optional.of(deny));

        assertThat(lists.denialOf(ONE)).contains(new Denial("deny-list", "the deny list has one.example"));
        assertThat(lists.denialOf(TWO)).isEmpty();
    }

    @Test
    void theAllowListRefusesWhomItHasNot() throws IOException {
        write(allow, "one.example");

        ServerLists lists = lists(Optional.of(allow), Optional.empty());

        assertThat(lists.denialOf(ONE)).isEmpty();
        assertThat(lists.denialOf(TWO)).contains(new Denial("allow-list", "the allow list does not have it"));
    }

    @Test
    void theDenyListGoesBeforeTheAllowList() throws IOException {
        write(allow, "*.example");
        write(deny, "one.example");

        ServerLists lists = lists(Optional.of(allow), Optional.of(deny));

        assertThat(lists.denialOf(ONE)).map(Denial::rule).contains("deny-list");
        assertThat(lists.denialOf(TWO)).isEmpty();
    }

    @Test
    void aChangedFileHoldsWhenItHasComeToRest() throws IOException {
        write(deny, "one.example");
        ServerLists lists = lists(Optional.empty(), Optional.of(deny));

        write(deny, "two.example");
        lists.look();
        assertThat(lists.denialOf(ONE)).as("it may still be written").isPresent();
        lists.look();

        assertThat(lists.denialOf(ONE)).isEmpty();
        assertThat(lists.denialOf(TWO)).isPresent();
    }

    @Test
    void aBrokenOrMissingFileLeavesTheLastGoodList() throws IOException {
        write(deny, "one.example");
        ServerLists lists = lists(Optional.empty(), Optional.of(deny));

        write(deny, "two.example\nno name");
        lookTwice(lists);
        assertThat(lists.denialOf(ONE)).isPresent();
        assertThat(lists.denialOf(TWO)).isEmpty();
        Files.delete(deny);
        lookTwice(lists);
        assertThat(lists.denialOf(ONE)).isPresent();
        write(deny, "two.example");
        lookTwice(lists);

        assertThat(lists.denialOf(ONE)).isEmpty();
        assertThat(lists.denialOf(TWO)).isPresent();
    }

    @Test
    void anAllowListThatIsEmptiedStays() throws IOException {
        write(allow, "one.example");
        ServerLists lists = lists(Optional.of(allow), Optional.empty());

        write(allow, "# all gone");
        lookTwice(lists);

        assertThat(lists.denialOf(ONE)).isEmpty();
        assertThat(lists.denialOf(TWO)).isPresent();
    }

    @Test
    void aBrokenFileEndsTheStart() throws IOException {
        write(deny, "no name");

        assertThatThrownBy(() -> lists(Optional.empty(), Optional.of(deny)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("line 1 ");
    }

    @Test
    void theConditionHasASentenceForEachKey() throws IOException {
        write(allow, "");

        assertThat(new ServerListsCondition()
                        .problems(Settings.of(Map.of(
                                "gatehouse.servers.allow-file", allow.toString(),
                                "gatehouse.servers.deny-file", deny.toString()))))
                .containsExactly(
                        "gatehouse.servers.allow-file: " + allow + ": it has no patterns, which would allow nobody",
                        "gatehouse.servers.deny-file: there is no file " + deny + " that can be read");
    }

    @Test
    void theConditionTakesWhatIsGood() throws IOException {
        write(deny, "");

        assertThat(new ServerListsCondition()
                        .problems(Settings.of(Map.of("gatehouse.servers.deny-file", deny.toString()))))
                .isEmpty();
    }

    private void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        // File systems may keep no more than seconds.
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + ++changes * 1_000));
    }

    private static void lookTwice(ServerLists lists) {
        lists.look();
        lists.look();
    }

    private static ServerLists lists(Optional<Path> allow, Optional<Path> deny) {
        return new ServerLists(new ServerListsConfig() {
            @Override
            public Optional<Path> allowFile() {
                return allow;
            }

            @Override
            public Optional<Path> denyFile() {
                return deny;
            }

            @Override
            public boolean dryRun() {
                return false;
            }

            @Override
            public Duration lookEvery() {
                return Duration.ofSeconds(1);
            }
        });
    }
}
