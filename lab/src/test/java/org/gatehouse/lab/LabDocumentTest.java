package org.gatehouse.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/lab.md answer what it says, but for the times. */
class LabDocumentTest {

    private static final Pattern EXAMPLE = Pattern.compile(
            "^```\\n\\$ \\./gatehouse lab ([^\\n]*) <<'EOF'\\n(.*?)\\nEOF\\n(.*?)\\n```$",
            Pattern.MULTILINE | Pattern.DOTALL);

    static Stream<Arguments> examples() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/lab.md")));
        List<Arguments> examples = new ArrayList<>();
        while (example.find()) {
            examples.add(Arguments.of(example.group(1), example.group(2), example.group(3)));
        }
        return examples.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void answersWhatItSays(String command, String request, String answer) {
        LabRun run = LabRun.of(request, command.split(" "));

        if (command.contains("--batch")) {
            assertThat(run.lines()).isEqualTo(answer.lines().toList());
        } else {
            assertThat(withoutTimes(run.output())).isEqualTo(withoutTimes(answer));
        }
    }

    @Test
    void hasAnExampleOfEveryCommand() throws IOException {
        TreeSet<String> shown = new TreeSet<>();
        examples().forEach(example -> shown.add(((String) example.get()[0]).split(" ")[0]));

        assertThat(shown)
                .containsExactly("auth", "canonical", "event-id", "hash", "redact", "resolve", "sign", "verify");
        assertThat(shown).allSatisfy(command -> assertThat(LabHelp.TEXT).contains("\n" + command + " "));
    }

    private static JsonObject withoutTimes(String json) {
        return StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8)).without("cpu_ms", "build_cpu_ms");
    }
}
