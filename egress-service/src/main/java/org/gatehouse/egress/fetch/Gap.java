package org.gatehouse.egress.fetch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;

/** What has been found so far for one wish. */
final class Gap {

    private final FetchWish wish;
    private final KnownEvents knownEvents;
    private final Map<EventId, Pdu> fetched = new LinkedHashMap<>();
    private final Map<EventId, Seed> seeds = new LinkedHashMap<>();
    private final Map<EventId, Pdu> outliers = new LinkedHashMap<>();
    private final Map<EventId, KnownEvents.Known> known = new LinkedHashMap<>();
    private final Set<EventId> unknown = new TreeSet<>();

    /** A parent, and the state before it. */
    record Seed(Pdu parent, List<Pdu> events, Set<EventId> state) {}

    Gap(FetchWish wish, KnownEvents knownEvents) {
        this.wish = wish;
        this.knownEvents = knownEvents;
    }

    /** Takes what is new of an answer to get_missing_events; false if nothing is. */
    boolean add(Collection<Pdu> events) {
        int before = fetched.size();
        lookUp(events.stream().map(Pdu::eventId).toList());
        events.stream()
                .filter(event -> !event.eventId().equals(wish.eventId()) && !isConnected(event.eventId()))
                .forEach(event -> fetched.putIfAbsent(event.eventId(), event));
        fetched.keySet().retainAll(ancestors());
        return fetched.size() > before;
    }

    /** What lies behind the event that waits; a server may mix other events in. */
    private Set<EventId> ancestors() {
        Set<EventId> reached = new LinkedHashSet<>();
        Deque<EventId> next = new ArrayDeque<>(wish.missingParents());
        while (!next.isEmpty()) {
            Pdu event = fetched.get(next.poll());
            if (event != null && reached.add(event.eventId())) {
                next.addAll(event.prevEvents());
            }
        }
        return reached;
    }

    /** Parents that are neither found nor connected nor seeded. */
    Set<EventId> unknownParents() {
        Set<EventId> parents = new TreeSet<>(wish.missingParents());
        fetched.values().forEach(event -> parents.addAll(event.prevEvents()));
        parents.removeAll(fetched.keySet());
        parents.removeAll(seeds.keySet());
        wish.latestKnown().forEach(parents::remove);
        lookUp(parents);
        parents.removeIf(this::isConnected);
        return parents;
    }

    /** The found events that have a parent of those. */
    List<EventId> childrenOf(Set<EventId> parents) {
        return fetched.values().stream()
                .filter(event -> event.prevEvents().stream().anyMatch(parents::contains))
                .map(Pdu::eventId)
                .toList();
    }

    void addSeed(Seed seed) {
        seeds.put(seed.parent().eventId(), seed);
    }

    void addOutliers(Collection<Pdu> events) {
        events.forEach(event -> outliers.put(event.eventId(), event));
    }

    /** Auth events that nobody has. */
    Set<EventId> unknownAuthEvents() {
        Set<EventId> needed = new TreeSet<>(wish.missingAuthEvents());
        fetched.values().forEach(event -> needed.addAll(event.effectiveAuthEvents()));
        outliers.values().forEach(event -> needed.addAll(event.effectiveAuthEvents()));
        seeds.values().forEach(seed -> needed.addAll(seed.parent().effectiveAuthEvents()));
        needed.removeAll(fetched.keySet());
        needed.removeAll(outliers.keySet());
        seeds.values().forEach(seed -> {
            needed.remove(seed.parent().eventId());
            seed.events().forEach(event -> needed.remove(event.eventId()));
        });
        lookUp(needed);
        needed.removeIf(known::containsKey);
        return needed;
    }

    Collection<Pdu> fetched() {
        return fetched.values();
    }

    Collection<Seed> seeds() {
        return seeds.values();
    }

    Collection<Pdu> outliers() {
        return outliers.values();
    }

    /** Asks the graph once for each event. */
    private void lookUp(Collection<EventId> ids) {
        List<EventId> asked = new ArrayList<>();
        for (EventId id : ids) {
            if (!known.containsKey(id) && !unknown.contains(id)) {
                asked.add(id);
            }
        }
        if (!asked.isEmpty()) {
            known.putAll(knownEvents.find(asked));
            asked.stream().filter(id -> !known.containsKey(id)).forEach(unknown::add);
        }
    }

    private boolean isConnected(EventId id) {
        KnownEvents.Known found = known.get(id);
        return found != null && found.connected();
    }
}
