package org.gatehouse.eventgraph.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.eventgraph.testing.Faults;
import org.gatehouse.eventgraph.testing.InMemoryStore;
import org.gatehouse.eventgraph.testing.Owner;
import org.gatehouse.eventgraph.testing.RandomLog;
import org.gatehouse.eventgraph.testing.TestRoom;
import org.junit.jupiter.api.Test;

/** A kill between any two effects leaves, in the end, the rows and outputs of an undisturbed run. */
class CutOffTest {

    @Test
    void aKillAtAnySingleEffectChangesNothing() {
        for (long seed = 0; seed < 6; seed++) {
            InMemoryStore undisturbed = new InMemoryStore(seed);
            List<LogEntry> log = RandomLog.write(seed, 14, undisturbed);
            long effects = effectsOf(log, undisturbed, 3);
            assertThat(effects).isGreaterThan(50);
            for (long at = 0; at < effects; at++) {
                InMemoryStore store = fresh(undisturbed, seed);
                store.faults.killAfter(at);
                run(log, store, 3, 0, new Random(seed));

                assertSame(store, undisturbed, "seed " + seed + " killed after effect " + at);
            }
        }
    }

    @Test
    void manyKillsAndTakeoversChangeNothing() {
        for (long seed = 100; seed < 700; seed++) {
            InMemoryStore undisturbed = new InMemoryStore(seed);
            List<LogEntry> log = RandomLog.write(seed, 30, undisturbed);
            InMemoryStore store = fresh(undisturbed, seed);
            run(log, store, 1 + (int) (seed % 8), 25, new Random(seed));

            assertSame(store, undisturbed, "seed " + seed);
        }
    }

    @Test
    void batchesGiveWhatSingleRecordsGive() {
        for (long seed = 1000; seed < 1200; seed++) {
            InMemoryStore undisturbed = new InMemoryStore(seed);
            List<LogEntry> log = RandomLog.write(seed, 40, undisturbed);
            InMemoryStore store = fresh(undisturbed, seed);
            run(log, store, 64, 0, new Random(seed));

            assertThat(store.dump()).as("seed " + seed).isEqualTo(undisturbed.dump());
            assertThat(store.published).as("seed " + seed).isEqualTo(undisturbed.published);
        }
    }

    @Test
    void twoOwnersAtOnceWriteTheSame() {
        for (long seed = 2000; seed < 2200; seed++) {
            InMemoryStore undisturbed = new InMemoryStore(seed);
            List<LogEntry> log = RandomLog.write(seed, 30, undisturbed);
            InMemoryStore store = fresh(undisturbed, seed);
            Random random = new Random(seed);
            Owner zombie = new Owner(store, TestRoom.GENERATION);
            Owner successor = new Owner(store, TestRoom.GENERATION);
            int zombieAt = 0;
            int successorAt = 0;
            while (zombieAt < log.size() || successorAt < log.size()) {
                if (zombieAt < log.size() && (successorAt == log.size() || random.nextInt(3) == 0)) {
                    zombie.work(List.of(log.get(zombieAt++)));
                } else {
                    successor.work(List.of(log.get(successorAt++)));
                }
            }

            assertSame(store, undisturbed, "seed " + seed);
        }
    }

    @Test
    void theLogsAreWorthTheTest() {
        Set<String> kinds = new TreeSet<>();
        for (long seed = 100; seed < 220; seed++) {
            InMemoryStore undisturbed = new InMemoryStore(seed);
            for (LogEntry entry : RandomLog.write(seed, 30, undisturbed)) {
                kinds.add(entry.message().getClass().getSimpleName());
            }
            undisturbed
                    .waiting
                    .values()
                    .forEach(rows ->
                            rows.values().forEach(row -> kinds.add(row.change().name())));
            undisturbed.published.forEach(output -> kinds.add(output.getClass().getSimpleName()));
        }
        assertThat(kinds)
                .contains(
                        "Pushed",
                        "Made",
                        "Fetched",
                        "FetchOutcome",
                        "ParentSeed",
                        "JoinBegun",
                        "JoinDone",
                        "PolicyAnswer")
                .contains("HELD", "WAITS", "KEPT", "ANSWERED", "REFUSED", "CONNECTED", "DROPPED", "FORGOTTEN")
                .contains("Connected", "Outlier", "FetchWish", "PolicyWish", "VerdictReply", "OutOfBand");
    }

    private static InMemoryStore fresh(InMemoryStore undisturbed, long seed) {
        InMemoryStore store = new InMemoryStore(seed + 1);
        store.bulk.putAll(undisturbed.bulk);
        return store;
    }

    private static long effectsOf(List<LogEntry> log, InMemoryStore undisturbed, int batch) {
        InMemoryStore store = fresh(undisturbed, 0);
        run(log, store, batch, 0, new Random(0));
        return store.faults.passed();
    }

    /** Works the log in batches; after a kill a new owner begins at or before the last committed record. */
    private static void run(List<LogEntry> log, InMemoryStore store, int batch, int killsInThousand, Random random) {
        Owner owner = new Owner(store, TestRoom.GENERATION);
        int committed = 0;
        while (committed < log.size()) {
            int to = Math.min(log.size(), committed + 1 + random.nextInt(batch));
            if (random.nextInt(1000) < killsInThousand * 10) {
                store.faults.killAfter(random.nextInt(60));
            }
            try {
                owner.work(log.subList(committed, to));
                committed = to;
            } catch (Faults.Killed killed) {
                owner = new Owner(store, TestRoom.GENERATION);
                committed = Math.max(0, committed - random.nextInt(4));
            }
        }
        store.faults.never();
    }

    private static void assertSame(InMemoryStore store, InMemoryStore undisturbed, String what) {
        assertThat(store.dump()).as(what).isEqualTo(undisturbed.dump());
        assertThat(firstTimes(store)).as(what).isEqualTo(firstTimes(undisturbed));
    }

    /** What was published, in the order in which it was published first. */
    private static List<String> firstTimes(InMemoryStore store) {
        return store.published.stream()
                .map(ClusterRecord::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .stream()
                .toList();
    }
}
