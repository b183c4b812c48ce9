package org.gatehouse.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A shell that repeats what it reads. */
@Timeout(30)
class VictimTest {

    private final Process shell;
    private final BufferedReader output;
    private final Victim victim;

    VictimTest() throws IOException {
        shell = new ProcessBuilder("sh", "-c", "while read line; do echo $line; done").start();
        output = shell.inputReader(StandardCharsets.UTF_8);
        victim = Victim.of(shell.pid());
    }

    @AfterEach
    void end() {
        shell.destroyForcibly();
    }

    @Test
    void aFrozenProcessDoesNothingUntilItIsLetGoOn() throws Exception {
        assertThat(repeated("first").get()).isEqualTo("first");
        victim.freeze();
        Future<String> second = repeated("second");
        assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(victim.isAlive()).isTrue();
        victim.thaw();
        assertThat(second.get()).isEqualTo("second");
    }

    @Test
    void aFrozenProcessCanBeKilled() {
        victim.freeze();
        victim.kill();
        assertThat(victim.isAlive()).isFalse();
    }

    @Test
    void freezesForATime() throws IOException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        victim.freezeFor(Duration.ofMillis(100));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(repeated("afterwards").get()).isEqualTo("afterwards");
    }

    private Future<String> repeated(String line) throws IOException {
        shell.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
        return Executors.newSingleThreadExecutor(task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                })
                .submit(output::readLine);
    }
}
