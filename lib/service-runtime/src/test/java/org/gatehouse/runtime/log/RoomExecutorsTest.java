package org.gatehouse.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RoomExecutorsTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final RoomExecutors executors = new RoomExecutors("rooms", 4, 8);

    @AfterEach
    void close() {
        executors.close();
    }

    @Test
    void worksTheTasksOfAKeyOneAfterAnotherInTheirOrder() {
        Map<String, List<Integer>> worked = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        Random random = new Random(1);
        List<Uni<Void>> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String key = "!" + random.nextInt(20);
            int number = i;
            all.add(executors.run(key, () -> {
                AtomicInteger inKey = running.computeIfAbsent(key, k -> new AtomicInteger());
                if (inKey.incrementAndGet() > 1) {
                    overlaps.incrementAndGet();
                }
                worked.computeIfAbsent(key, k -> Collections.synchronizedList(new ArrayList<>()))
                        .add(number);
                inKey.decrementAndGet();
            }));
        }

        Uni.join().all(all).andFailFast().await().atMost(SOON);

        assertThat(overlaps).hasValue(0);
        assertThat(worked.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
        assertThat(worked.values().stream().mapToInt(List::size).sum()).isEqualTo(2_000);
    }

    @Test
    void worksKeysSideBySide() {
        CyclicBarrier together = new CyclicBarrier(3);
        List<Uni<Void>> all = new ArrayList<>();
        for (String key : List.of("!a", "!b", "!c")) {
            all.add(executors.run(key, () -> together.await(5, TimeUnit.SECONDS)));
        }

        Uni.join().all(all).andFailFast().await().atMost(SOON);
    }

    @Test
    void letsAQuietRoomThroughWhileABusyOneWaits() throws Exception {
        RoomExecutors single = new RoomExecutors("one", 1, 1_000);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch start = new CountDownLatch(1);
        single.run("!first", start::await);
        List<Uni<Void>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(single.run("!busy", () -> order.add("busy")));
        }
        all.add(single.run("!quiet", () -> order.add("quiet")));

        start.countDown();
        Uni.join().all(all).andFailFast().await().atMost(SOON);

        assertThat(order.indexOf("quiet")).isLessThanOrEqualTo(1);
        single.close();
    }

    @Test
    void goesOnAfterATaskThatFailed() {
        Uni<Void> failing = executors.run("!a", () -> {
            throw new IllegalStateException("no");
        });
        Uni<Void> next = executors.run("!a", () -> {});

        assertThatThrownBy(() -> failing.await().atMost(SOON)).isInstanceOf(IllegalStateException.class);
        next.await().atMost(SOON);
    }

    @Test
    void delaysWhoeverBringsMoreThanMayBeInFlight() {
        CountDownLatch blocked = new CountDownLatch(1);
        List<CompletableFuture<Void>> admitted = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            admitted.add(executors
                    .accept("!" + i, blocked::await)
                    .subscribeAsCompletionStage()
                    .toCompletableFuture());
        }
        assertThat(admitted.subList(0, 7)).allMatch(CompletableFuture::isDone);
        assertThat(admitted.get(7)).isNotDone();
        assertThat(executors.inFlight()).isEqualTo(8);

        blocked.countDown();

        assertThat(admitted.get(7)).succeedsWithin(SOON);
    }

    @Test
    void drainsWhatIsInFlightAndTakesNoMore() {
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 6; i++) {
            executors.run("!" + (i % 2), () -> {
                Thread.sleep(50);
                done.incrementAndGet();
            });
        }

        executors.close();

        assertThat(done).hasValue(6);
        assertThat(executors.accept("!a", done::incrementAndGet).subscribeAsCompletionStage())
                .isNotDone();
        assertThat(done).hasValue(6);
        assertThatThrownBy(() -> executors.run("!a", () -> {}).await().atMost(SOON))
                .isInstanceOf(RejectedExecutionException.class);
    }
}
