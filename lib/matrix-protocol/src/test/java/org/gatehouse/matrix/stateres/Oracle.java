package org.gatehouse.matrix.stateres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.jspecify.annotations.Nullable;

/**
 * State resolution a second time, sentence by sentence after the specification, without a thought for speed. It shares
 * events and identifiers with the real one, and nothing else: not even the authorisation rules.
 */
final class Oracle {
    private final boolean version21;
    private final AuthGraph graph;
    private final Map<EventId, Set<EventId>> chains = new TreeMap<>();

    Oracle(boolean version21, AuthGraph graph) {
        this.version21 = version21;
        this.graph = graph;
    }

    Map<StateKey, EventId> resolve(List<Map<StateKey, EventId>> states) {
        Set<StateKey> keys = new TreeSet<>();
        states.forEach(state -> keys.addAll(state.keySet()));
        Map<StateKey, EventId> unconflicted = new TreeMap<>();
        Set<EventId> conflicted = new TreeSet<>();
        for (StateKey key : keys) {
            Set<EventId> values = new TreeSet<>();
            boolean everywhere = true;
            for (Map<StateKey, EventId> state : states) {
                if (state.containsKey(key)) {
                    values.add(state.get(key));
                } else {
                    everywhere = false;
                }
            }
            if (everywhere && values.size() == 1) {
                unconflicted.put(key, values.iterator().next());
            } else {
                conflicted.addAll(values);
            }
        }
        Set<EventId> full = new TreeSet<>(conflicted);
        full.addAll(authDifference(states));
        if (version21) {
            full.addAll(conflictedSubgraph(conflicted));
        }

        // Step 1.
        Set<EventId> picked = new TreeSet<>();
        for (EventId id : full) {
            if (isPowerEvent(graph.event(id))) {
                picked.add(id);
                picked.addAll(both(chain(id), full));
            }
        }
        List<EventId> powerOrder = reverseTopologicalPowerOrdering(picked);
        // Step 2.
        Map<StateKey, EventId> partial = iterativeAuth(version21 ? new TreeMap<>() : unconflicted, powerOrder);
        // Step 3.
        List<EventId> remaining = new ArrayList<>(full);
        remaining.removeAll(picked);
        mainlineSort(remaining, partial.get(new StateKey("m.room.power_levels", "")));
        // Step 4.
        Map<StateKey, EventId> result = iterativeAuth(partial, remaining);
        // Step 5.
        result.putAll(unconflicted);
        return result;
    }

    Set<EventId> authDifference(List<Map<StateKey, EventId>> states) {
        Set<EventId> inSome = new TreeSet<>();
        List<Set<EventId>> fullChains = new ArrayList<>();
        for (Map<StateKey, EventId> state : states) {
            Set<EventId> fullChain = new TreeSet<>();
            state.values().forEach(id -> fullChain.addAll(chain(id)));
            fullChains.add(fullChain);
            inSome.addAll(fullChain);
        }
        Set<EventId> inAll = new TreeSet<>(inSome);
        fullChains.forEach(inAll::retainAll);
        inSome.removeAll(inAll);
        return inSome;
    }

    Set<EventId> conflictedSubgraph(Set<EventId> conflicted) {
        Set<EventId> subgraph = new TreeSet<>();
        for (EventId from : conflicted) {
            for (EventId to : conflicted) {
                if (!chain(from).contains(to)) {
                    continue;
                }
                subgraph.add(from);
                subgraph.add(to);
                for (EventId between : chain(from)) {
                    if (chain(between).contains(to)) {
                        subgraph.add(between);
                    }
                }
            }
        }
        return subgraph;
    }

    private List<EventId> reverseTopologicalPowerOrdering(Set<EventId> set) {
        Comparator<EventId> order = Comparator.comparingLong(this::senderLevel)
                .reversed()
                .thenComparingLong(id -> graph.event(id).originServerTs())
                .thenComparing(id -> id);
        List<EventId> sorted = new ArrayList<>();
        Set<EventId> left = new TreeSet<>(set);
        while (!left.isEmpty()) {
            EventId next = left.stream()
                    .filter(id -> authEvents(id).stream().noneMatch(left::contains))
                    .min(order)
                    .orElseThrow();
            sorted.add(next);
            left.remove(next);
        }
        return sorted;
    }

    private long senderLevel(EventId id) {
        Pdu create = null;
        Pdu power = null;
        for (EventId authEvent : authEvents(id)) {
            Pdu pdu = graph.event(authEvent);
            create = pdu.type().equals("m.room.create") ? pdu : create;
            power = pdu.type().equals("m.room.power_levels") ? pdu : power;
        }
        return OracleRules.level(graph.event(id).sender().value(), create, power);
    }

    private void mainlineSort(List<EventId> ids, @Nullable EventId powerLevels) {
        List<EventId> mainline = powerLevelsList(powerLevels);
        ids.sort(Comparator.<EventId>comparingInt(id -> {
                    for (EventId ej : powerLevelsList(powerLevelsIn(id))) {
                        if (mainline.contains(ej)) {
                            return mainline.indexOf(ej);
                        }
                    }
                    return Integer.MAX_VALUE;
                })
                .reversed()
                .thenComparingLong(id -> graph.event(id).originServerTs())
                .thenComparing(id -> id));
    }

    private List<EventId> powerLevelsList(@Nullable EventId first) {
        List<EventId> list = new ArrayList<>();
        for (EventId p = first; p != null; p = powerLevelsIn(p)) {
            list.add(p);
        }
        return list;
    }

    private @Nullable EventId powerLevelsIn(EventId id) {
        for (EventId authEvent : authEvents(id)) {
            if (graph.event(authEvent).type().equals("m.room.power_levels")) {
                return authEvent;
            }
        }
        return null;
    }

    private Map<StateKey, EventId> iterativeAuth(Map<StateKey, EventId> initial, List<EventId> ordered) {
        Map<StateKey, EventId> state = new TreeMap<>(initial);
        for (EventId id : ordered) {
            Pdu event = graph.event(id);
            if (isRejectedByItsAuthEvents(event)) {
                continue;
            }
            boolean allowed = OracleRules.allows(event, key -> {
                if (state.containsKey(key)) {
                    return graph.event(state.get(key));
                }
                for (EventId authEvent : authEvents(id)) {
                    Pdu pdu = graph.event(authEvent);
                    if (pdu.stateSlot().orElseThrow().equals(key) && !graph.isRejected(authEvent)) {
                        return pdu;
                    }
                }
                return null;
            });
            if (allowed) {
                state.put(event.stateSlot().orElseThrow(), id);
            }
        }
        return state;
    }

    /** "No events rejected due to failure to auth against their auth chain should appear in the process". */
    private boolean isRejectedByItsAuthEvents(Pdu event) {
        return graph.isRejected(event.eventId())
                && (authEvents(event.eventId()).stream().anyMatch(graph::isRejected)
                        || !OracleRules.allows(
                                event,
                                key -> authEvents(event.eventId()).stream()
                                        .map(graph::event)
                                        .filter(pdu ->
                                                pdu.stateSlot().orElseThrow().equals(key))
                                        .findFirst()
                                        .orElse(null)));
    }

    private static boolean isPowerEvent(Pdu event) {
        return switch (event.type()) {
            case "m.room.power_levels", "m.room.join_rules" -> true;
            case "m.room.member" -> {
                String membership = event.content().string("membership").orElseThrow();
                yield List.of("leave", "ban").contains(membership)
                        && !event.stateKey().orElseThrow().equals(event.sender().value());
            }
            default -> false;
        };
    }

    private Set<EventId> chain(EventId id) {
        Set<EventId> known = chains.get(id);
        if (known == null) {
            known = new TreeSet<>();
            for (EventId authEvent : authEvents(id)) {
                known.add(authEvent);
                known.addAll(chain(authEvent));
            }
            chains.put(id, known);
        }
        return known;
    }

    private List<EventId> authEvents(EventId id) {
        Pdu event = graph.event(id);
        List<EventId> authEvents = new ArrayList<>(event.authEvents());
        if (event.roomVersion().id().equals("12") && !event.type().equals("m.room.create")) {
            authEvents.add(new EventId("$" + event.roomId().value().substring(1)));
        }
        return authEvents;
    }

    private static Set<EventId> both(Set<EventId> a, Set<EventId> b) {
        Set<EventId> both = new TreeSet<>(a);
        both.retainAll(b);
        return both;
    }
}
