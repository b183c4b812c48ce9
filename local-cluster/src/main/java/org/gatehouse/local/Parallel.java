package org.gatehouse.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs a few waits side by side. */
final class Parallel {
    private Parallel() {}

    /**
     * Returns when all tasks have ended. The first failure interrupts the others and is thrown once they have ended
     * too, so that nobody still starts processes behind the caller's back.
     */
    static void run(List<Runnable> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, tasks.size()));
        try {
            CompletionService<Void> ends = new ExecutorCompletionService<>(threads);
            tasks.forEach(task -> ends.submit(task, null));
            for (int ended = 0; ended < tasks.size(); ended++) {
                ends.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClusterProblem problem) {
                throw problem;
            }
            throw new ClusterProblem("Unexpected: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw ClusterProblem.interrupted(e);
        } finally {
            end(threads);
        }
    }

    /** Runs every task to its end, whatever the others do, and throws the first problem afterwards. */
    static void runAll(List<Runnable> tasks) {
        List<RuntimeException> problems = new ArrayList<>();
        run(tasks.stream()
                .<Runnable>map(task -> () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        synchronized (problems) {
                            problems.add(e);
                        }
                    }
                })
                .toList());
        if (!problems.isEmpty()) {
            throw problems.get(0);
        }
    }

    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
