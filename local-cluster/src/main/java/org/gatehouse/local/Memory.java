package org.gatehouse.local;

import java.util.Collection;

/** Memory of processes, for people. */
public final class Memory {
    private static final long MEBIBYTE = 1024L * 1024;

    private Memory() {}

    /** The resident memory of all of them, such as {@code 212 MiB}. Pages that they share count each time. */
    public static String text(Collection<ChildProcess> processes) {
        long bytes = processes.stream().mapToLong(ChildProcess::residentBytes).sum();
        return "%d MiB".formatted(bytes / MEBIBYTE);
    }
}
