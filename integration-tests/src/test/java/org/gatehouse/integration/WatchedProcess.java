package org.gatehouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.gatehouse.local.ChildProcess;

/** A process of ours that strangers talk to: whether it is still the same afterwards, and what it wrote meanwhile. */
final class WatchedProcess {

    private static final List<String> SIGNS_OF_TROUBLE = List.of(
            "unexpected exception", "StackOverflowError", "OutOfMemoryError", "Thread blocked", "has been blocked");
    private static final int LONGEST_LINE = 2_048;

    private final Supplier<ChildProcess> process;
    private final long pid;
    private final long liveBytes;
    private final long logged;

    WatchedProcess(Supplier<ChildProcess> process) {
        this.process = process;
        this.pid = process.get().pid();
        this.liveBytes = liveBytes(pid);
        this.logged = size(process.get().logFile());
    }

    /** What is live in its heap now, and how much of it is new since the watch began. */
    String heap() {
        long now = liveBytes(pid);
        return "pid %d: live before %d KB, now %d KB".formatted(pid, liveBytes >> 10, now >> 10);
    }

    /** G3: the same process, no thread stuck, no heap lost but what caches of bounded size may take. */
    void assertThatItIsAsBefore(long allowedBytes) {
        assertThat(process.get().pid()).isEqualTo(pid);
        assertThat(process.get().isAlive()).isTrue();
        assertThat(liveBytes(pid)).as("live bytes, before " + liveBytes).isLessThan(liveBytes * 11 / 10 + allowedBytes);
        assertThat(linesSince()).noneMatch(line -> SIGNS_OF_TROUBLE.stream().anyMatch(line::contains));
    }

    /** Row O06: whatever a stranger sends, a line has an end and holds nothing that moves a terminal. */
    void assertThatItsLinesAreShortAndPlain() {
        assertThat(linesSince()).allSatisfy(line -> {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).as(line).isLessThanOrEqualTo(LONGEST_LINE);
            assertThat(line.chars().filter(c -> c != '\t').noneMatch(Character::isISOControl))
                    .as(line)
                    .isTrue();
        });
    }

    /** What it wrote to its log since the watch began. */
    List<String> linesSince() {
        try {
            byte[] all = Files.readAllBytes(process.get().logFile());
            int from = all.length < logged ? 0 : (int) logged;
            return new String(all, from, all.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After a full collection, which the histogram begins with. */
    private static long liveBytes(long pid) {
        try {
            String jcmd =
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            Process histogram = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return printed.lines()
                    .filter(line -> line.startsWith("Total"))
                    .map(line -> line.strip().split("\\s+"))
                    .mapToLong(columns -> Long.parseLong(columns[2]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(printed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
