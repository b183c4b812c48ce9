package org.gatehouse.runtime.log;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Works tasks one after another within a key, side by side between keys, on a bounded pool. After each task a key goes
 * to the end of the line, so that a busy room takes its turn like any other.
 */
public final class RoomExecutors implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(8);

    private final String name;
    private final int maxInFlight;
    private final ExecutorService pool;
    private final Object lock = new Object();

    // All guarded by lock.
    private final Map<String, Deque<Task>> waiting = new HashMap<>();
    private final Deque<CompletableFuture<Void>> gate = new ArrayDeque<>();
    private int inFlight;
    private boolean closed;

    private record Task(ThrowingRunnable work, CompletableFuture<Void> done) {}

    /**
     * @param name of the threads
     * @param threads how many keys are worked at the same time
     * @param maxInFlight how many tasks may wait or run before {@link #accept} delays its caller
     */
    public RoomExecutors(String name, int threads, int maxInFlight) {
        this.name = name;
        this.maxInFlight = maxInFlight;
        AtomicInteger number = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, name + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Queues a task, now. The Uni completes, on the worker thread, when the task is done, and fails as the task fails;
     * a failure does not stop the key's later tasks.
     */
    public Uni<Void> run(String key, ThrowingRunnable task) {
        return Uni.createFrom().completionStage(submit(key, task));
    }

    /**
     * Queues a task, now, as {@link #run} does. The Uni completes as soon as there is room for another: at once, unless
     * the tasks in flight are {@code maxInFlight}. A consumer that returns it is slowed down to what can be worked; once
     * this is closed it never completes, and nothing more comes.
     */
    public Uni<Void> accept(String key, ThrowingRunnable task) {
        CompletableFuture<Void> ignored = submit(key, task);
        return Uni.createFrom().completionStage(room());
    }

    private CompletableFuture<Void> submit(String key, ThrowingRunnable work) {
        Task task = new Task(work, new CompletableFuture<>());
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.failedFuture(new RejectedExecutionException(name + " is closed"));
            }
            inFlight++;
            Deque<Task> queue = waiting.get(key);
            if (queue != null) {
                queue.add(task);
                return task.done();
            }
            queue = new ArrayDeque<>();
            queue.add(task);
            waiting.put(key, queue);
        }
        pool.execute(() -> workFirst(key));
        return task.done();
    }

    private CompletableFuture<Void> room() {
        synchronized (lock) {
            if (closed) {
                return new CompletableFuture<>();
            }
            if (inFlight < maxInFlight) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> open = new CompletableFuture<>();
            gate.add(open);
            return open;
        }
    }

    private void workFirst(String key) {
        Task task;
        synchronized (lock) {
            task = Objects.requireNonNull(queueOf(key).peek());
        }
        Throwable failure = work(task.work());
        if (failure == null) {
            task.done().complete(null);
        } else {
            task.done().completeExceptionally(failure);
        }
        boolean more = finish(key);
        if (more) {
            goToTheEnd(key);
        }
    }

    private static @Nullable Throwable work(ThrowingRunnable work) {
        try {
            work.run();
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    /** A key that is being worked has its queue. */
    private Deque<Task> queueOf(String key) {
        return Objects.requireNonNull(waiting.get(key));
    }

    private boolean finish(String key) {
        List<CompletableFuture<Void>> opened = new ArrayList<>();
        boolean more;
        synchronized (lock) {
            Deque<Task> queue = queueOf(key);
            queue.poll();
            more = !queue.isEmpty();
            if (!more) {
                waiting.remove(key);
            }
            inFlight--;
            for (int free = maxInFlight - inFlight; free > 0 && !gate.isEmpty(); free--) {
                opened.add(gate.poll());
            }
            lock.notifyAll();
        }
        opened.forEach(open -> open.complete(null));
        return more;
    }

    private void goToTheEnd(String key) {
        try {
            pool.execute(() -> workFirst(key));
        } catch (RejectedExecutionException closing) {
            abandon(key);
        }
    }

    private void abandon(String key) {
        Deque<Task> queue;
        synchronized (lock) {
            queue = waiting.remove(key);
        }
        if (queue != null) {
            queue.forEach(
                    task -> task.done().completeExceptionally(new RejectedExecutionException(name + " is closed")));
        }
    }

    /** Tasks that wait or run. */
    public int inFlight() {
        synchronized (lock) {
            return inFlight;
        }
    }

    /** Takes no more tasks, gives those in flight a few seconds, then interrupts what runs and drops what waits. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + DRAIN.toNanos();
        synchronized (lock) {
            closed = true;
            try {
                while (inFlight > 0 && System.nanoTime() < deadline) {
                    lock.wait(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        pool.shutdownNow();
    }
}
