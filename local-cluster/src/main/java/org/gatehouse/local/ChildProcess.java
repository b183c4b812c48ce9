package org.gatehouse.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that outlives whoever started it: its output goes to a file, its pid to another, and it is in a session of
 * its own where the system has {@code setsid}, so that Ctrl-C and a closed terminal do not reach it. A later launcher
 * finds it again by its pid file.
 */
public final class ChildProcess {
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);
    private static final int TAIL_BYTES = 64 * 1024;
    private static final Optional<String> SETSID = findOnPath("setsid");

    /** What can be done to a process from outside. */
    public enum Signal {
        /** Ends it at once, as a crash would. */
        KILL,
        /** Asks it to end. */
        TERM,
        /** Freezes it. */
        STOP,
        /** Lets a frozen one go on. */
        CONT
    }

    private final String name;
    private final ProcessHandle handle;
    private final Path pidFile;
    private final Path logFile;
    private final Optional<Process> started;

    private ChildProcess(String name, ProcessHandle handle, Path pidFile, Path logFile, Optional<Process> started) {
        this.name = name;
        this.handle = handle;
        this.pidFile = pidFile;
        this.logFile = logFile;
        this.started = started;
    }

    /**
     * What to start.
     *
     * @param name how messages call it
     * @param command the program and its arguments
     * @param environment variables added to our own
     * @param withoutVariables variables of ours that the process does not get
     * @param directory its working directory
     * @param pidFile where its pid is kept while it runs
     * @param logFile its output, appended
     */
    record Start(
            String name,
            List<String> command,
            Map<String, String> environment,
            List<String> withoutVariables,
            Path directory,
            Path pidFile,
            Path logFile) {
        Start {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            withoutVariables = List.copyOf(withoutVariables);
        }
    }

    static ChildProcess start(Start start) {
        List<String> command = new ArrayList<>();
        SETSID.ifPresent(command::add);
        command.addAll(start.command());
        try {
            Files.createDirectories(start.directory());
            Files.createDirectories(start.pidFile().getParent());
            Files.createDirectories(start.logFile().getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(start.directory().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(start.logFile().toFile()));
            builder.environment().keySet().removeAll(start.withoutVariables());
            builder.environment().putAll(start.environment());
            Process process = builder.start();
            Files.writeString(start.pidFile(), process.pid() + "\n");
            return new ChildProcess(
                    start.name(), process.toHandle(), start.pidFile(), start.logFile(), Optional.of(process));
        } catch (IOException e) {
            throw new ClusterProblem("Cannot start %s: %s".formatted(start.name(), e.getMessage()), e);
        }
    }

    /** The process that the pid file names, if it still runs. A pid that another program got meanwhile does not count. */
    static Optional<ChildProcess> attach(String name, Path pidFile, Path logFile) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            Instant written = Files.getLastModifiedTime(pidFile).toInstant();
            return ProcessHandle.of(pid)
                    .filter(handle -> startedBy(handle, written))
                    .map(handle -> new ChildProcess(name, handle, pidFile, logFile, Optional.empty()))
                    .filter(ChildProcess::isAlive);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean startedBy(ProcessHandle handle, Instant written) {
        return handle.info()
                .startInstant()
                .map(started -> started.isBefore(written.plus(CLOCK_TOLERANCE)))
                .orElse(true);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return handle.pid();
    }

    public Path logFile() {
        return logFile;
    }

    /** True while the process runs or is frozen; a dead one that its parent has not buried yet is not alive. */
    public boolean isAlive() {
        return handle.isAlive() && !procStatus("State:").startsWith("Z");
    }

    /** Memory held in RAM, in bytes; 0 if the system does not tell. */
    public long residentBytes() {
        String kibibytes = procStatus("VmRSS:").replace("kB", "").strip();
        return kibibytes.isEmpty() ? 0 : Long.parseLong(kibibytes) * 1024;
    }

    /** Sends a signal and returns at once. */
    public void signal(Signal signal) {
        switch (signal) {
            case KILL -> handle.destroyForcibly();
            case TERM -> handle.destroy();
            case STOP, CONT -> shellKill(signal);
        }
    }

    /** Asks the process to end, kills it after {@code grace}, and returns when it is gone. */
    public void stop(Duration grace) {
        signal(Signal.TERM);
        signal(Signal.CONT);
        if (!awaitEnd(grace)) {
            signal(Signal.KILL);
            if (!awaitEnd(AFTER_KILL)) {
                throw new ClusterProblem("%s (pid %d) does not end, not even by SIGKILL.".formatted(name, pid()));
            }
        }
        forget();
    }

    /** Ends the process as a crash would, and returns when it is gone. */
    public void kill() {
        signal(Signal.KILL);
        if (!awaitEnd(AFTER_KILL)) {
            throw new ClusterProblem("%s (pid %d) does not end, not even by SIGKILL.".formatted(name, pid()));
        }
        forget();
    }

    /** Waits for the end; false if it still runs when {@code limit} is over. */
    public boolean awaitEnd(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                handle.onExit().get(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Look again: onExit knows nothing of the children of another process.
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                throw ClusterProblem.interrupted(e);
            }
        }
        return true;
    }

    /** What it ended with, or will end with; only for a process that was started by this one. */
    public int exitCode() {
        Process process =
                started.orElseThrow(() -> new IllegalStateException(name + " was started by another process"));
        return process.onExit().join().exitValue();
    }

    /** The end of its log, or a remark that there is none. */
    public String lastLogLines(int count) {
        try (RandomAccessFile log = new RandomAccessFile(logFile.toFile(), "r")) {
            long from = Math.max(0, log.length() - TAIL_BYTES);
            byte[] tail = new byte[(int) (log.length() - from)];
            log.seek(from);
            log.readFully(tail);
            List<String> lines =
                    new String(tail, StandardCharsets.UTF_8).lines().toList();
            if (lines.isEmpty()) {
                return "(nothing)";
            }
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new ClusterProblem("Cannot delete " + pidFile, e);
        }
    }

    private void shellKill(Signal signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new ClusterProblem("Cannot signal " + name, e);
        } catch (InterruptedException e) {
            throw ClusterProblem.interrupted(e);
        }
    }

    /** A field of /proc/PID/status, empty where there is no such file. */
    private String procStatus(String field) {
        try (BufferedReader status = Files.newBufferedReader(Path.of("/proc/" + pid() + "/status"))) {
            return status.lines()
                    .filter(line -> line.startsWith(field))
                    .map(line -> line.substring(field.length()).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException | java.io.UncheckedIOException e) {
            return "";
        }
    }

    private static Optional<String> findOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator)) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate.toString());
            }
        }
        return Optional.empty();
    }
}
