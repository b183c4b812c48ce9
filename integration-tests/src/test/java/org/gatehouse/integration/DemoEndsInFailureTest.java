package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gatehouse.local.Installation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo is a check that can fail: with a service gone in the middle it must not end with 0. */
@Tag("slow")
class DemoEndsInFailureTest {

    @TempDir
    Path temporary;

    @Test
    void whenEventGraphGoesInTheMiddle() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("./gatehouse", "demo")
                .directory(Installation.locate().home().toFile())
                .redirectErrorStream(true);
        builder.environment().put("GATEHOUSE_BUILD", "never");
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        Process demo = builder.start();

        List<String> lines = readAndStopAServiceAt("sees the invite", demo);

        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).as(String.join("\n", lines)).isNotZero();
        assertThat(lines).noneMatch(line -> line.contains("temporary data is deleted"));
        assertThat(servicesLeft()).isEmpty();
    }

    private List<String> readAndStopAServiceAt(String moment, Process demo) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (line.contains(moment)) {
                    ProcessHandle.of(pidOf("event-graph")).orElseThrow().destroyForcibly();
                }
            }
        }
        return lines;
    }

    private long pidOf(String service) throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            Path pidFile = files.filter(path -> path.getFileName().toString().equals(service + ".pid"))
                    .filter(path -> path.toString().contains("first"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(Files.readString(pidFile).trim().split("\\s+")[0]);
        }
    }

    private List<ProcessHandle> servicesLeft() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> Stream.of(arguments).anyMatch(it -> it.contains(temporary.toString())))
                        .isPresent())
                .toList();
    }
}
