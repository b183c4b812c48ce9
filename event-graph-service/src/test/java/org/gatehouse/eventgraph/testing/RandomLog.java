package org.gatehouse.eventgraph.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.gatehouse.cluster.ClusterRecord;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.PolicyWish;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.eventgraph.room.EventFacts;
import org.gatehouse.eventgraph.room.LogEntry;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * A room's log made from a seed: a graph with forks, delivered out of order, with duplicates and gaps, by peers, by our
 * own users, through a join, and by an egress that grants some wishes and fails others. It is written while an
 * undisturbed owner works it, because the answers to wishes are part of the log.
 */
public final class RandomLog {

    private final Random random;
    private final InMemoryStore store;
    private final Owner owner;
    private final TestRoom room;
    private final Map<EventId, EventFacts> graph = new LinkedHashMap<>();
    private final List<EventFacts> order = new ArrayList<>();
    private final Set<String> answered = new HashSet<>();
    private int replies;
    private int read;

    private RandomLog(long seed, InMemoryStore store) {
        this.random = new Random(seed);
        this.store = store;
        this.owner = new Owner(store, TestRoom.GENERATION);
        this.room = new TestRoom(store, "!seed" + seed + ":ours.example");
    }

    /** The log; the store is left as the undisturbed owner left it. */
    public static List<LogEntry> write(long seed, int events, InMemoryStore store) {
        RandomLog log = new RandomLog(seed, store);
        log.makeGraph(events);
        log.deliver();
        return log.room.log();
    }

    private void makeGraph(int events) {
        for (int i = 0; i < events; i++) {
            Set<EventId> parents = new HashSet<>();
            for (int p = 0; i > 0 && p < 1 + random.nextInt(3); p++) {
                parents.add(order.get(Math.max(0, i - 1 - random.nextInt(4))).eventId());
            }
            Set<EventId> auth = new HashSet<>();
            for (int a = 0; i > 0 && a < random.nextInt(3); a++) {
                auth.add(order.get(random.nextInt(Math.min(i, 6))).eventId());
            }
            EventFacts facts = new EventFacts(
                    TestRoom.id("e" + i + "-" + random.nextInt(1000)),
                    TestRoom.VERSION,
                    List.copyOf(parents),
                    List.copyOf(auth),
                    i + 1);
            graph.put(facts.eventId(), facts);
            order.add(facts);
        }
    }

    private void deliver() {
        int next = random.nextBoolean() ? makeRoom() : joinRoom();
        List<EventFacts> rest = new ArrayList<>(order.subList(next, order.size()));
        shuffleNearby(rest);
        for (EventFacts facts : rest) {
            int luck = random.nextInt(20);
            if (luck < 3) {
                continue;
            }
            push(facts);
            if (luck < 6) {
                push(order.get(random.nextInt(order.size())));
            }
            if (luck == 6) {
                room.week += random.nextInt(3);
            }
            if (luck == 7) {
                room.outOfBand(facts, someReply());
                work();
            }
            if (luck < 12) {
                grantWishes();
            }
        }
        grantWishes();
        order.forEach(facts -> {
            if (random.nextInt(3) == 0) {
                push(facts);
            }
        });
        grantWishes();
    }

    private int makeRoom() {
        int made = 1 + random.nextInt(4);
        for (EventFacts facts : order.subList(0, made)) {
            room.made(facts, someReply());
            work();
        }
        return made;
    }

    private int joinRoom() {
        int at = Math.min(order.size() - 1, 4 + random.nextInt(4));
        room.joinBegun("first");
        work();
        if (random.nextInt(3) == 0) {
            push(order.get(at + random.nextInt(order.size() - at)));
            room.joinFailed("first");
            work();
            room.joinBegun("second");
            work();
        }
        for (int i = 0; i < random.nextInt(5); i++) {
            push(order.get(random.nextInt(order.size())));
        }
        room.joinDone("second", order.get(at), order.subList(0, random.nextInt(at + 1)), someReply());
        work();
        return at + 1;
    }

    private void push(EventFacts facts) {
        ServerName origin = random.nextBoolean() ? TestRoom.PEER : TestRoom.OTHER;
        if (random.nextInt(12) == 0) {
            room.made(facts, someReply());
        } else if (random.nextInt(4) == 0) {
            room.pushedUnderPolicy(facts, random.nextInt(4) == 0, someReply());
        } else {
            room.pushed(facts, origin, random.nextInt(5) == 0, someReply());
        }
        work();
    }

    private Optional<ReplyTo> someReply() {
        return random.nextInt(3) == 0 ? Optional.of(TestRoom.reply("r" + replies++)) : Optional.empty();
    }

    private void work() {
        owner.work(List.of(room.last()));
    }

    private void grantWishes() {
        while (read < store.published.size()) {
            ClusterRecord output = store.published.get(read++);
            if (output instanceof FetchWish wish && answered.add(wish.wishId())) {
                grant(wish);
            }
            if (output instanceof PolicyWish wish && random.nextInt(8) > 0) {
                room.policyAnswer(
                        wish.eventId(),
                        random.nextInt(3) == 0 ? Optional.empty() : Optional.of("by the policy server"));
                work();
            }
        }
    }

    private void grant(FetchWish wish) {
        int luck = random.nextInt(10);
        if (luck > 1) {
            for (EventId missing : wish.missingAuthEvents()) {
                room.fetched(graph.get(missing), wish.wishId(), true);
                work();
            }
            for (EventId missing : wish.missingParents()) {
                grantParent(wish, graph.get(missing), luck);
            }
        }
        room.outcome(wish.wishId(), wish.eventId(), luck > 1);
        work();
    }

    private void grantParent(FetchWish wish, EventFacts parent, int luck) {
        if (luck > 4) {
            room.fetched(parent, wish.wishId(), false);
            work();
        }
        if (luck == 9) {
            room.seed(parent, wish.wishId(), order.subList(0, random.nextInt(6)));
            work();
        }
        if (luck == 8) {
            for (EventId missing : parent.parents()) {
                room.seed(graph.get(missing), wish.wishId(), order.subList(0, random.nextInt(6)));
                work();
            }
        }
    }

    private void shuffleNearby(List<EventFacts> events) {
        for (int from = 0; from < events.size(); from += 5) {
            if (random.nextInt(3) > 0) {
                Collections.shuffle(events.subList(from, Math.min(from + 5, events.size())), random);
            }
        }
    }
}
