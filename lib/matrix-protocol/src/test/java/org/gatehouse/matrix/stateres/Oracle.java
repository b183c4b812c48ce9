package org.gatehouse.matrix.stateres;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.jspecify.annotations.Nullable;

/**
 * State resolution a second time, sentence by sentence after the specification, without a thought for speed. It shares
 * events and identifiers with the real one, and nothing else: not even the authorisation rules.
 *
 * <p>Where the text of version 2 and the servers differ it follows the servers, as docs/adr/0008 says: a state's own
 * events count as part of its auth chain, and the chains of power events are followed inside of the full conflicted set
 * only.
 */
final class Oracle {
    private static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");

    private final String version;
    private final Function<EventId, Pdu> events;
    private final Predicate<EventId> rejected;
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private final Map<EventId, Set<EventId>> chains = new TreeMap<>();

    Oracle(String version, Function<EventId, Pdu> events, Predicate<EventId> rejected, Fault... faults) {
        this.version = version;
        this.events = events;
        this.rejected = rejected;
        this.faults.addAll(List.of(faults));
    }

    Map<StateKey, EventId> resolve(List<Map<StateKey, EventId>> states) {
        return isVersion1() ? resolveV1(states) : resolveV2(states);
    }

    private boolean isVersion1() {
        return version.equals("1");
    }

    private boolean isVersion21() {
        return version.equals("12") || version.equals("org.matrix.hydra.11");
    }

    private boolean has(Fault fault) {
        return faults.contains(fault);
    }

    // ------------------------------------------------------------------ versions 2 and 2.1

    private Map<StateKey, EventId> resolveV2(List<Map<StateKey, EventId>> states) {
        Map<StateKey, EventId> unconflicted = new TreeMap<>();
        Set<EventId> conflicted = new TreeSet<>();
        for (StateKey key : keys(states)) {
            Set<EventId> values = values(states, key);
            boolean everywhere = states.stream().allMatch(state -> state.containsKey(key));
            if ((everywhere || has(Fault.MISSING_SLOT_IS_NO_CONFLICT)) && values.size() == 1) {
                unconflicted.put(key, values.iterator().next());
            } else {
                conflicted.addAll(values);
            }
        }
        if (conflicted.isEmpty()) {
            return unconflicted;
        }
        Set<EventId> full = new TreeSet<>(conflicted);
        if (!has(Fault.NO_AUTH_DIFFERENCE)) {
            full.addAll(authDifference(states));
        }
        if (isVersion21() ? !has(Fault.NO_SUBGRAPH) : has(Fault.SUBGRAPH)) {
            full.addAll(conflictedSubgraph(conflicted));
        }

        // Step 1.
        Set<EventId> picked = new TreeSet<>();
        for (EventId id : full) {
            if (isPowerEvent(event(id))) {
                picked.add(id);
                if (has(Fault.POWER_CHAINS_LEAVE_THE_SET)) {
                    picked.addAll(both(chain(id), full));
                } else if (!has(Fault.POWER_EVENTS_WITHOUT_THEIR_CHAINS)) {
                    picked.addAll(chainInside(id, full));
                }
            }
        }
        List<EventId> powerOrder = reverseTopologicalPowerOrdering(picked);
        // Step 2.
        boolean startsEmpty = isVersion21() ? !has(Fault.STARTS_FROM_THE_UNCONFLICTED) : has(Fault.STARTS_EMPTY);
        Map<StateKey, EventId> partial = iterativeAuth(startsEmpty ? new TreeMap<>() : unconflicted, powerOrder);
        // Step 3.
        List<EventId> remaining = new ArrayList<>(full);
        remaining.removeAll(picked);
        mainlineSort(remaining, partial.get(POWER_LEVELS));
        // Step 4.
        Map<StateKey, EventId> result = iterativeAuth(partial, remaining);
        // Step 5.
        if (!has(Fault.UNCONFLICTED_NOT_RESTORED)) {
            result.putAll(unconflicted);
        }
        return result;
    }

    Set<EventId> authDifference(List<Map<StateKey, EventId>> states) {
        Set<EventId> inSome = new TreeSet<>();
        List<Set<EventId>> fullChains = new ArrayList<>();
        for (Map<StateKey, EventId> state : states) {
            Set<EventId> fullChain = new TreeSet<>();
            if (!has(Fault.OWN_EVENTS_DO_NOT_COUNT_IN_CHAINS)) {
                fullChain.addAll(state.values());
            }
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
        Comparator<EventId> byPower = Comparator.comparingLong(this::senderLevel);
        Comparator<EventId> order = (has(Fault.POWER_ORDER_LOWEST_LEVEL_FIRST) ? byPower : byPower.reversed())
                .thenComparing(byTime(has(Fault.POWER_ORDER_LATEST_FIRST)))
                .thenComparing(byId(has(Fault.POWER_ORDER_GREATEST_ID_FIRST)));
        List<EventId> sorted = new ArrayList<>();
        Set<EventId> left = new TreeSet<>(set);
        while (!left.isEmpty()) {
            EventId next = left.stream()
                    .filter(id -> has(Fault.POWER_ORDER_IGNORES_EDGES)
                            || authEvents(id).stream().noneMatch(left::contains))
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
            Pdu pdu = event(authEvent);
            create = pdu.type().equals("m.room.create") ? pdu : create;
            power = pdu.type().equals("m.room.power_levels") ? pdu : power;
        }
        Pdu creating = has(Fault.SENDER_LEVEL_WITHOUT_CREATORS) ? null : create;
        return OracleRules.level(version, event(id).sender().value(), creating, power);
    }

    private void mainlineSort(List<EventId> ids, @Nullable EventId powerLevels) {
        List<EventId> mainline = has(Fault.NO_MAINLINE) ? List.of() : powerLevelsList(powerLevels);
        Comparator<EventId> byPosition = Comparator.comparingInt(id -> mainlinePosition(id, mainline));
        ids.sort((has(Fault.MAINLINE_NEWEST_FIRST) ? byPosition : byPosition.reversed())
                .thenComparing(byTime(has(Fault.MAINLINE_LATEST_FIRST)))
                .thenComparing(byId(has(Fault.MAINLINE_GREATEST_ID_FIRST))));
    }

    private int mainlinePosition(EventId id, List<EventId> mainline) {
        for (EventId ej : powerLevelsList(powerLevelsIn(id))) {
            if (mainline.contains(ej)) {
                return mainline.indexOf(ej);
            }
        }
        return has(Fault.MAINLINE_INFINITE_IS_ZERO) ? 0 : Integer.MAX_VALUE;
    }

    private Comparator<EventId> byTime(boolean backwards) {
        Comparator<EventId> order = Comparator.comparingLong(id -> event(id).originServerTs());
        return backwards ? order.reversed() : order;
    }

    private static Comparator<EventId> byId(boolean backwards) {
        Comparator<EventId> order = Comparator.naturalOrder();
        return backwards ? order.reversed() : order;
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
            if (event(authEvent).type().equals("m.room.power_levels")) {
                return authEvent;
            }
        }
        return null;
    }

    private Map<StateKey, EventId> iterativeAuth(Map<StateKey, EventId> initial, List<EventId> ordered) {
        Map<StateKey, EventId> state = new TreeMap<>(initial);
        for (EventId id : ordered) {
            Pdu event = event(id);
            Map<StateKey, EventId> asked = has(Fault.STATE_STAYS_AS_IT_STARTED) ? initial : state;
            boolean allowed = !isLeftOut(event) && OracleRules.allows(event, key -> inState(key, id, asked));
            if (allowed) {
                state.put(event.stateSlot().orElseThrow(), id);
            } else if (has(Fault.FIRST_DENIAL_ENDS_THE_CHECKS)) {
                return state;
            }
        }
        return state;
    }

    private @Nullable Pdu inState(StateKey key, EventId checked, Map<StateKey, EventId> state) {
        if (state.containsKey(key)) {
            return event(state.get(key));
        }
        for (EventId authEvent : has(Fault.NOTHING_STANDS_IN) ? List.<EventId>of() : authEvents(checked)) {
            boolean counts = has(Fault.REJECTED_AUTH_EVENTS_STAND_IN) || !rejected.test(authEvent);
            if (counts && event(authEvent).stateSlot().orElseThrow().equals(key)) {
                return event(authEvent);
            }
        }
        return null;
    }

    private boolean isLeftOut(Pdu event) {
        if (has(Fault.REJECTED_NEVER_TAKES_PART)) {
            return rejected.test(event.eventId());
        }
        return !has(Fault.REJECTED_BY_AUTH_EVENTS_TAKES_PART) && isRejectedByItsAuthEvents(event);
    }

    /** "No events rejected due to failure to auth against their auth chain should appear in the process". */
    private boolean isRejectedByItsAuthEvents(Pdu event) {
        return rejected.test(event.eventId())
                && (authEvents(event.eventId()).stream().anyMatch(rejected)
                        || !OracleRules.allows(
                                event,
                                key -> authEvents(event.eventId()).stream()
                                        .map(events)
                                        .filter(pdu ->
                                                pdu.stateSlot().orElseThrow().equals(key))
                                        .findFirst()
                                        .orElse(null)));
    }

    private boolean isPowerEvent(Pdu event) {
        return switch (event.type()) {
            case "m.room.power_levels" -> true;
            case "m.room.join_rules" -> !has(Fault.JOIN_RULES_ARE_NO_POWER_EVENT);
            case "m.room.member" -> {
                String membership = event.content().string("membership").orElseThrow();
                boolean byAnother =
                        !event.stateKey().orElseThrow().equals(event.sender().value());
                yield List.of("leave", "ban").contains(membership)
                        && (byAnother ? !has(Fault.KICK_IS_NO_POWER_EVENT) : has(Fault.LEAVING_IS_A_POWER_EVENT));
            }
            default -> false;
        };
    }

    // ------------------------------------------------------------------ version 1

    private Map<StateKey, EventId> resolveV1(List<Map<StateKey, EventId>> states) {
        Map<StateKey, EventId> r = new TreeMap<>();
        Map<StateKey, Set<EventId>> conflicts = new TreeMap<>();
        for (StateKey key : keys(states)) {
            Set<EventId> values = values(states, key);
            boolean missing = states.stream().anyMatch(state -> !state.containsKey(key));
            if (values.size() == 1 && !(missing && has(Fault.V1_MISSING_SLOT_IS_A_CONFLICT))) {
                r.put(key, values.iterator().next());
            } else {
                conflicts.put(key, values);
            }
        }
        List<String> order = List.of("m.room.power_levels", "m.room.join_rules", "m.room.member");
        if (has(Fault.V1_MEMBERS_FIRST)) {
            order = List.of("m.room.member", "m.room.power_levels", "m.room.join_rules");
        }
        for (String type : order) {
            Map<StateKey, EventId> resolved = new TreeMap<>();
            conflicts.forEach((key, values) -> {
                if (key.type().equals(type)) {
                    EventId winner = lastOfTheAllowed(key, values, r);
                    if (winner != null) {
                        resolved.put(key, winner);
                    }
                }
            });
            r.putAll(resolved);
        }
        Map<StateKey, EventId> others = new TreeMap<>();
        conflicts.forEach((key, values) -> {
            if (!List.of("m.room.power_levels", "m.room.join_rules", "m.room.member")
                    .contains(key.type())) {
                EventId winner = deepestAllowed(values, r);
                if (winner != null) {
                    others.put(key, winner);
                }
            }
        });
        r.putAll(others);
        return r;
    }

    private @Nullable EventId lastOfTheAllowed(StateKey key, Set<EventId> values, Map<StateKey, EventId> r) {
        Map<StateKey, EventId> state = new TreeMap<>(r);
        boolean takesFirst = !has(Fault.V1_FIRST_MUST_BE_ALLOWED);
        for (EventId id : byDepthThenSha1(values)) {
            if (takesFirst || allowsV1(id, state)) {
                state.put(key, id);
                takesFirst = false;
            } else if (!has(Fault.V1_DENIAL_IS_PASSED_OVER)) {
                break;
            }
        }
        return state.get(key);
    }

    private @Nullable EventId deepestAllowed(Set<EventId> values, Map<StateKey, EventId> r) {
        List<EventId> sorted = byDepthThenSha1(values);
        EventId shallowest = sorted.get(0);
        if (!has(Fault.V1_OTHERS_SHALLOWEST_FIRST)) {
            Collections.reverse(sorted);
        }
        for (EventId id : sorted) {
            if (has(Fault.V1_OTHERS_NEED_NO_PERMISSION) || allowsV1(id, r)) {
                return id;
            }
        }
        return has(Fault.V1_NONE_ALLOWED_LEAVES_NONE) ? null : shallowest;
    }

    private boolean allowsV1(EventId id, Map<StateKey, EventId> state) {
        return OracleRules.allows(event(id), key -> state.containsKey(key) ? event(state.get(key)) : null);
    }

    private List<EventId> byDepthThenSha1(Collection<EventId> ids) {
        List<EventId> sorted = new ArrayList<>(ids);
        Comparator<EventId> byDepth = Comparator.comparingLong(id -> event(id).depth());
        Comparator<EventId> bySha1 = Comparator.comparing(Oracle::sha1);
        sorted.sort((has(Fault.V1_DEEPEST_FIRST) ? byDepth.reversed() : byDepth)
                .thenComparing(has(Fault.V1_SMALLEST_SHA1_FIRST) ? bySha1 : bySha1.reversed()));
        return sorted;
    }

    private static BigInteger sha1(EventId id) {
        try {
            return new BigInteger(
                    1, MessageDigest.getInstance("SHA-1").digest(id.value().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    // ------------------------------------------------------------------ what both need

    private Pdu event(EventId id) {
        return events.apply(id);
    }

    private static Set<StateKey> keys(List<Map<StateKey, EventId>> states) {
        Set<StateKey> keys = new TreeSet<>();
        states.forEach(state -> keys.addAll(state.keySet()));
        return keys;
    }

    private static Set<EventId> values(List<Map<StateKey, EventId>> states, StateKey key) {
        Set<EventId> values = new TreeSet<>();
        for (Map<StateKey, EventId> state : states) {
            if (state.containsKey(key)) {
                values.add(state.get(key));
            }
        }
        return values;
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

    private Set<EventId> chainInside(EventId id, Set<EventId> set) {
        Set<EventId> inside = new TreeSet<>();
        List<EventId> open = new ArrayList<>(List.of(id));
        while (!open.isEmpty()) {
            for (EventId authEvent : authEvents(open.remove(0))) {
                if (set.contains(authEvent) && inside.add(authEvent)) {
                    open.add(authEvent);
                }
            }
        }
        return inside;
    }

    private List<EventId> authEvents(EventId id) {
        Pdu event = event(id);
        List<EventId> authEvents = new ArrayList<>(event.authEvents());
        if (isVersion21() && !event.type().equals("m.room.create")) {
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
