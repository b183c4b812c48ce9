package org.gatehouse.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab as users call it: the script, a process of its own, and what this module has been packaged to. */
@Tag("slow")
class LabScriptIT {

    private static Process lab(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("../gatehouse", "lab"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("GATEHOUSE_BUILD", "never");
        return builder.start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void answersALineOfABatchBeforeItReadsTheNext() throws Exception {
        Process lab = lab("canonical", "--batch");
        try (BufferedWriter requests = lab.outputWriter();
                BufferedReader answers = lab.inputReader()) {
            for (String line : List.of("{\"value\":[1, 2]}", "{\"value\":", "{\"value\":{\"b\":\"é\",\"a\":0}}")) {
                requests.write(line);
                requests.newLine();
                requests.flush();
                String answer = answers.readLine();
                assertThat(answer).startsWith(line.endsWith(":") ? "{\"error\":" : "{\"canonical\":");
            }
        }
        assertThat(exitCode(lab)).isEqualTo(1);
    }

    @Test
    void warmsUpBeforeItResolves() throws Exception {
        Process lab = lab("resolve", "--batch");
        try (BufferedWriter requests = lab.outputWriter();
                BufferedReader answers = lab.inputReader()) {
            requests.write(LabRunExamples.good("resolve"));
            requests.newLine();
            requests.flush();
            assertThat(answers.readLine()).contains("\"state\":[\"$c\"]");
        }
        assertThat(exitCode(lab)).isZero();
    }

    @Test
    void readsAFile(@TempDir Path folder) throws Exception {
        Path request =
                Files.writeString(folder.resolve("request.json"), "{\n  \"value\": {\"b\": \"é\", \"a\": 0}\n}\n");

        Process lab = lab("canonical", request.toString());

        try (BufferedReader answers = lab.inputReader()) {
            assertThat(answers.lines()).containsExactly("{\"canonical\":\"{\\\"a\\\":0,\\\"b\\\":\\\"é\\\"}\"}");
        }
        assertThat(exitCode(lab)).isZero();
    }

    @Test
    void refusesACommandThatItDoesNotHave() throws Exception {
        Process lab = lab("guess");

        try (BufferedReader answers = lab.inputReader()) {
            assertThat(answers.lines()).singleElement().asString().startsWith("{\"error\":\"there is no command");
        }
        assertThat(exitCode(lab)).isEqualTo(1);
    }
}
