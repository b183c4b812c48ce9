package org.gatehouse.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process of this machine that is frozen, let go on, or killed. */
public final class Victim {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ProcessHandle process;

    private Victim(ProcessHandle process) {
        this.process = process;
    }

    public static Victim of(long pid) {
        return new Victim(
                ProcessHandle.of(pid).orElseThrow(() -> new IllegalArgumentException("there is no process " + pid)));
    }

    /** SIGSTOP: its connections stay open, and it does nothing. Returns when the system says so. */
    public void freeze() {
        signal("STOP");
        await("T");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    /** Freezes it for so long, as a long pause of its garbage collector would. */
    public void freezeFor(Duration time) throws InterruptedException {
        freeze();
        try {
            Thread.sleep(time.toMillis());
        } finally {
            thaw();
        }
    }

    /** SIGKILL, also of a frozen one. Returns when it is gone. */
    public void kill() {
        signal("KILL");
        await("Z");
    }

    /** Whether it runs or is frozen; one that is dead and not buried is not alive. */
    public boolean isAlive() {
        return process.isAlive() && !state().equals("Z");
    }

    private void await(String state) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (process.isAlive() && !state().equals(state)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("process " + process.pid() + " is in state " + state());
            }
            Thread.onSpinWait();
        }
    }

    /** The letter that Linux gives it, in /proc; Z if it is gone. */
    private String state() {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            int name = line.lastIndexOf(')');
            return line.substring(name + 2, name + 3);
        } catch (IOException e) {
            return "Z";
        }
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (!kill.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("process " + process.pid() + " did not take SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
