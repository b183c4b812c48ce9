package org.gatehouse.loadtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time, user and system, since the beginning of each process and of the machine. The system counts in hundredths of
 * a second.
 *
 * @param byProcess seconds of each process that was asked about
 * @param machine seconds of everything on the machine, those processes included
 */
record CpuSeconds(Map<String, Double> byProcess, double machine) {

    /** Fields of the first line of /proc/stat that are not idle: user, nice, system, irq, softirq. */
    private static final int[] BUSY = {1, 2, 3, 6, 7};

    private static final double TICKS_A_SECOND = 100;

    static CpuSeconds now(Map<String, Long> pids) {
        Map<String, Double> byProcess = new LinkedHashMap<>();
        pids.forEach((name, pid) -> byProcess.put(name, ofProcess(pid)));
        return new CpuSeconds(byProcess, ofMachine());
    }

    CpuSeconds since(CpuSeconds before) {
        Map<String, Double> spent = new LinkedHashMap<>();
        byProcess.forEach((name, seconds) -> spent.put(name, seconds - before.byProcess.getOrDefault(name, 0.0)));
        return new CpuSeconds(spent, machine - before.machine);
    }

    /** @throws IllegalArgumentException if that process was not asked about */
    double of(String process) {
        Double seconds = byProcess.get(process);
        if (seconds == null) {
            throw new IllegalArgumentException("nobody asked about " + process);
        }
        return seconds;
    }

    /** Of all processes that were asked about. */
    double total() {
        return byProcess.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static double ofProcess(long pid) {
        return ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().totalCpuDuration())
                        .orElseThrow(() -> new IllegalStateException("process " + pid + " is gone"))
                        .toMillis()
                / (double) Duration.ofSeconds(1).toMillis();
    }

    private static double ofMachine() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/stat"));
            String[] fields = lines.get(0).split(" +");
            return Arrays.stream(BUSY)
                            .mapToLong(field -> Long.parseLong(fields[field]))
                            .sum()
                    / TICKS_A_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
