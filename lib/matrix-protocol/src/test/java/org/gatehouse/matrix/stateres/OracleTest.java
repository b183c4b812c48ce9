package org.gatehouse.matrix.stateres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real resolution against {@link Oracle}, over seeded random rooms; a failure names version and seed. */
class OracleTest {
    private static final int ROOMS = Integer.getInteger("gatehouse.oracle.rooms", 500);

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void agreesWithTheOracle(String id) {
        RoomVersion version = RoomVersions.require(id);
        int conflicts = 0;
        for (int seed = 0; seed < ROOMS; seed++) {
            RandomRoom random = new RandomRoom(version, seed, 14 + seed % 18);
            Oracle oracle = new Oracle(id.equals("12"), random.room);
            for (int round = 0; round < 4; round++) {
                List<Map<StateKey, EventId>> states = random.someStates(2 + round);
                List<StateMap> maps = new ArrayList<>();
                states.forEach(state -> maps.add(map(state)));

                Resolution resolution = StateResolution.resolveExplained(version, maps, random.room);

                assertThat(entries(resolution.state()))
                        .as("version %s, seed %s, round %s", id, seed, round)
                        .isEqualTo(oracle.resolve(states));
                assertThat(new TreeSet<>(resolution.authDifference())).isEqualTo(oracle.authDifference(states));
                if (id.equals("12")) {
                    assertThat(new TreeSet<>(resolution.conflictedSubgraph()))
                            .isEqualTo(oracle.conflictedSubgraph(new TreeSet<>(resolution.conflictedStateSet())));
                }
                conflicts += resolution.conflictedStateSet().isEmpty() ? 0 : 1;
                Collections.shuffle(maps, random.random());
                assertThat(StateResolution.resolve(version, maps, random.room)).isEqualTo(resolution.state());
                maps.add(maps.get(0));
                assertThat(StateResolution.resolve(version, maps, random.room)).isEqualTo(resolution.state());
            }
        }
        assertThat(conflicts).isGreaterThan(ROOMS * 2);
    }

    private static StateMap map(Map<StateKey, EventId> state) {
        StateMap map = StateMap.EMPTY;
        for (Map.Entry<StateKey, EventId> entry : state.entrySet()) {
            map = map.with(entry.getKey(), entry.getValue());
        }
        return map;
    }

    private static Map<StateKey, EventId> entries(StateMap map) {
        Map<StateKey, EventId> entries = new TreeMap<>();
        map.forEach(entries::put);
        return entries;
    }
}
