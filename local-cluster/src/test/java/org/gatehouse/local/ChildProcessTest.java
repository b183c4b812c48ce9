package org.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.gatehouse.local.ChildProcess.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void isFoundAgainByItsPidFile() {
        // Given
        ChildProcess started = shell("sleep 60");

        // When
        ChildProcess found = ChildProcess.attach("shell", pidFile(), logFile()).orElseThrow();

        // Then
        assertThat(found.pid()).isEqualTo(started.pid());
        assertThat(found.residentBytes()).isPositive();
        found.kill();
        assertThat(started.isAlive()).isFalse();
        assertThat(pidFile()).doesNotExist();
    }

    @Test
    void isNotMistakenForALaterProcessWithItsPid() throws Exception {
        // Given
        ChildProcess started = shell("sleep 60");
        Files.setLastModifiedTime(pidFile(), FileTime.from(Instant.now().minusSeconds(3600)));

        // When
        boolean found = ChildProcess.attach("shell", pidFile(), logFile()).isPresent();

        // Then
        assertThat(found).isFalse();
        started.kill();
    }

    @Test
    void isKilledIfItDoesNotEndWhenAsked() {
        // Given
        ChildProcess stubborn = shell("trap '' TERM; echo ready; while true; do sleep 0.1; done");
        Readiness.await(stubborn, SOON, () -> stubborn.lastLogLines(1).equals("ready"));

        // When
        stubborn.stop(Duration.ofMillis(300));

        // Then
        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void endsWhenAskedEvenIfItWasFrozen() {
        // Given
        ChildProcess frozen = shell("sleep 60");
        frozen.signal(Signal.STOP);

        // When
        frozen.stop(SOON);

        // Then
        assertThat(frozen.isAlive()).isFalse();
    }

    @Test
    void failsWithTheEndOfItsLogWhenItDiesEarly() {
        // Given
        ChildProcess dying = shell("echo no such broker; exit 3");

        // When
        Throwable problem = catchThrowable(() -> Readiness.await(dying, SOON, () -> false));

        // Then
        assertThat(problem).isInstanceOf(ProcessDied.class).hasMessageContaining("no such broker");
    }

    private ChildProcess shell(String script) {
        return ChildProcess.start(new ChildProcess.Start(
                "shell", List.of("sh", "-c", script), Map.of(), List.of(), folder, pidFile(), logFile()));
    }

    private Path pidFile() {
        return folder.resolve("shell.pid");
    }

    private Path logFile() {
        return folder.resolve("shell.log");
    }
}
