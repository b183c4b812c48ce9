package org.gatehouse.matrix.stateres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For a fixed set of events with complete ancestry, the states before and after each are the same, in whatever order and
 * in whatever company the events came. (The current state of a server may depend on the order, by what it soft-failed.)
 */
class ConvergenceTest {
    private static final int ROOMS = 30;

    static Stream<String> versions() {
        return Stream.of("1", "2", "5", "7", "10", "11", "12");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theStatesAroundEachEventDoNotDependOnTheOrderOfDelivery(String id) {
        RoomVersion version = RoomVersions.require(id);
        for (int seed = 0; seed < ROOMS; seed++) {
            RandomRoom room = new RandomRoom(version, seed, 30);
            Map<EventId, StateMap> once = statesAfter(room, room.events);
            for (int order = 0; order < 3; order++) {
                List<Pdu> delivered = parentsFirst(room.events, new Random(seed * 10L + order));

                assertThat(statesAfter(room, delivered)).as("seed %s", seed).isEqualTo(once);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void eventsThatNoStateLeadsToChangeNothing(String id) {
        RoomVersion version = RoomVersions.require(id);
        for (int seed = 0; seed < ROOMS; seed++) {
            RandomRoom room = new RandomRoom(version, seed, 30);
            List<StateMap> states =
                    room.someStates(3).stream().map(RandomRoom::map).toList();
            RoomAuthGraph needed = RoomAuthGraph.of(version);
            states.forEach(state -> needed.addWithChains(events(state), room));

            assertThat(StateResolution.resolve(version, states, needed))
                    .as("seed %s", seed)
                    .isEqualTo(StateResolution.resolve(version, states, room.graph()));
        }
    }

    /** A judge that holds few of a big room's events asks for what is missing, and comes to the same state. */
    @ParameterizedTest
    @MethodSource("versions")
    void whatIsNotNeededMayBeMissing(String id) {
        RoomVersion version = RoomVersions.require(id);
        int partial = 0;
        for (int seed = 0; seed < 3 * ROOMS; seed++) {
            RandomRoom room = new RandomRoom(version, seed, 30);
            List<StateMap> states =
                    room.someStates(2).stream().map(RandomRoom::map).toList();
            RoomAuthGraph graph = RoomAuthGraph.of(version);
            graph.addWithChains(conflicted(states), room);
            if (StateResolution.needsWholeStates(states, graph)) {
                states.forEach(state -> graph.addWithChains(events(state), room));
            }

            StateMap resolved = resolveAskingForMore(version, states, graph, room);

            assertThat(resolved).as("seed %s", seed).isEqualTo(StateResolution.resolve(version, states, room.graph()));
            partial += graph.size() < room.events.size() ? 1 : 0;
        }
        assertThat(partial).isGreaterThan(ROOMS);
    }

    private static StateMap resolveAskingForMore(
            RoomVersion version, List<StateMap> states, RoomAuthGraph graph, AuthGraph source) {
        while (true) {
            try {
                return StateResolution.resolve(version, states, graph);
            } catch (MissingAuthEvent missing) {
                assertThat(graph.contains(missing.eventId())).isFalse();
                graph.addWithChains(List.of(missing.eventId()), source);
            }
        }
    }

    /** As a server computes them: resolved over the parents, and the event put in unless it was rejected. */
    private static Map<EventId, StateMap> statesAfter(RandomRoom room, List<Pdu> delivered) {
        RoomAuthGraph graph = RoomAuthGraph.of(delivered.get(0).roomVersion());
        Map<EventId, StateMap> after = new TreeMap<>();
        for (Pdu event : delivered) {
            graph.add(event, room.isRejected(event.eventId()));
            List<StateMap> parents = event.prevEvents().stream().map(after::get).toList();
            StateMap before = StateResolution.resolve(event.roomVersion(), parents, graph);
            boolean counts = !room.isRejected(event.eventId());
            after.put(event.eventId(), counts ? before.with(event.stateSlot().orElseThrow(), event.eventId()) : before);
        }
        return after;
    }

    /** Another order in which each event follows its parents and what it cites. */
    private static List<Pdu> parentsFirst(List<Pdu> events, Random random) {
        List<Pdu> left = new ArrayList<>(events);
        List<Pdu> ordered = new ArrayList<>();
        TreeSet<EventId> done = new TreeSet<>();
        while (!left.isEmpty()) {
            Collections.shuffle(left, random);
            Pdu next = left.stream()
                    .filter(event ->
                            done.containsAll(event.prevEvents()) && done.containsAll(event.effectiveAuthEvents()))
                    .findFirst()
                    .orElseThrow();
            left.remove(next);
            ordered.add(next);
            done.add(next.eventId());
        }
        return ordered;
    }

    private static Collection<EventId> events(StateMap state) {
        List<EventId> events = new ArrayList<>();
        state.forEach((slot, event) -> events.add(event));
        return events;
    }

    private static Collection<EventId> conflicted(List<StateMap> states) {
        TreeSet<EventId> conflicted = new TreeSet<>();
        for (StateChange change : states.get(0).diff(states.get(1))) {
            change.before().ifPresent(conflicted::add);
            change.after().ifPresent(conflicted::add);
        }
        return conflicted;
    }
}
