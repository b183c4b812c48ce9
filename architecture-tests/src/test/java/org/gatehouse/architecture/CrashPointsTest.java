package org.gatehouse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gatehouse.runtime.crash.CrashPoints;
import org.junit.jupiter.api.Test;

/** The crash points that the code reaches are those that can be armed, and those that docs/crash-points.md tells of. */
class CrashPointsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CALL = Pattern.compile("CrashPoint\\.reach\\(\\s*(\"[^\"]+\"|\\w+)\\s*\\)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void theCodeReachesEachAndNoOther() throws IOException {
        Set<String> reached = reachedInCode();
        Set<String> ofPublishers = CrashPoints.ALL.stream()
                .filter(name -> name.endsWith(".after-send-before-broker-ack"))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> expected = new TreeSet<>(CrashPoints.ALL);
        expected.removeAll(ofPublishers);
        assertThat(reached).isEqualTo(expected);
        assertThat(ofPublishers)
                .contains("ingress.after-send-before-broker-ack")
                .hasSizeGreaterThan(3);
    }

    @Test
    void thePageHasARowForEachAndNoOther() throws IOException {
        Matcher rows = ROW.matcher(Files.readString(ROOT.resolve("docs/crash-points.md")));
        List<String> told = new ArrayList<>();
        while (rows.find()) {
            told.add(rows.group(1));
        }
        assertThat(told).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(CrashPoints.ALL);
    }

    /** Names that stand in the call, or in a constant of the same file. */
    private static Set<String> reachedInCode() throws IOException {
        Set<String> reached = new TreeSet<>();
        for (String module : Modules.SERVICES.values()) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    Matcher calls = CALL.matcher(source);
                    while (calls.find()) {
                        reached.add(nameIn(calls.group(1), source));
                    }
                }
            }
        }
        return reached;
    }

    private static String nameIn(String argument, String source) {
        if (argument.startsWith("\"")) {
            return argument.substring(1, argument.length() - 1);
        }
        Matcher constant =
                Pattern.compile("String " + argument + " = \"([^\"]+)\"").matcher(source);
        assertThat(constant.find()).as(argument).isTrue();
        return constant.group(1);
    }
}
