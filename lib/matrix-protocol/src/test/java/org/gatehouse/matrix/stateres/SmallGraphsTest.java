package org.gatehouse.matrix.stateres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every graph of a few events over one small room, resolved against {@link Oracle}: each event is one of six that get in
 * each other's way, and its parents are any of the events before it, or the last one of the room. Mutation testing leaves
 * it out, as it would take the better part of its time.
 */
@DisabledIfSystemProperty(named = "gatehouse.mutation", matches = "true")
class SmallGraphsTest {
    private static final String ALICE = RandomRoom.ALICE;
    private static final String BOB = "@bob:b.example";
    private static final String CHARLIE = "@charlie:c.example";
    private static final String ERIN = "@erin:e.example";
    private static final int KINDS = 6;
    /** Those of four, 82,944 in each version, take minutes. */
    private static final int EVENTS = Integer.getInteger("gatehouse.graphs.events", 3);

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "6", "11", "12"})
    void agreesWithTheOracleOnAllGraphs(String id) {
        int parents = 1 << EVENTS * (EVENTS - 1) / 2;

        assertThat(new Walk(RoomVersions.require(id), EVENTS).graphs())
                .isEqualTo((int) Math.pow(KINDS, EVENTS) * parents);
    }

    /** Through all graphs of one size, event by event. */
    private static final class Walk {
        private final RoomVersion version;
        private final RandomRoom room;
        private final int last;
        private int graphs;

        Walk(RoomVersion version, int events) {
            this.version = version;
            this.room = new RandomRoom(version, 1, 7);
            room.append(powerLevels(ALICE, BOB), List.of(room.events.size() - 1));
            this.last = room.events.size() - 1;
            walk(events);
        }

        int graphs() {
            return graphs;
        }

        private void walk(int left) {
            if (left == 0) {
                compare();
                graphs++;
                return;
            }
            int before = room.events.size() - last - 1;
            for (int kind = 0; kind < KINDS; kind++) {
                for (int parents = 0; parents < 1 << before; parents++) {
                    room.append(event(kind), parents(parents));
                    walk(left - 1);
                    room.removeLast();
                }
            }
        }

        private List<Integer> parents(int chosen) {
            List<Integer> parents = new ArrayList<>();
            for (int i = 0; chosen >> i != 0; i++) {
                if ((chosen >> i & 1) == 1) {
                    parents.add(last + 1 + i);
                }
            }
            return parents.isEmpty() ? List.of(last) : parents;
        }

        /** The states after all the events: more than servers resolve at once, which see the newest only. */
        private void compare() {
            List<Map<StateKey, EventId>> states =
                    new ArrayList<>(room.statesAfter.subList(last + 1, room.statesAfter.size()));
            List<StateMap> maps = states.stream().map(RandomRoom::map).toList();

            StateMap resolved = StateResolution.resolve(version, maps, room.graph());

            Map<StateKey, EventId> expected = room.oracle().resolve(states);
            if (!OracleTest.entries(resolved).equals(expected)) {
                List<String> events = room.events.subList(last + 1, room.events.size()).stream()
                        .map(event -> event.json().toString())
                        .toList();
                assertThat(OracleTest.entries(resolved)).as("%s", events).isEqualTo(expected);
            }
        }

        private JsonObject event(int kind) {
            return switch (kind) {
                case 0 -> powerLevels(ALICE);
                case 1 -> powerLevels(BOB, BOB, CHARLIE);
                case 2 -> room.draft(ALICE, "m.room.join_rules", "", JsonObject.EMPTY.with("join_rule", "invite"));
                case 3 -> room.draft(ALICE, "m.room.member", BOB, JsonObject.EMPTY.with("membership", "ban"));
                case 4 -> room.draft(BOB, "m.room.topic", "", JsonObject.EMPTY.with("topic", "by Bob"));
                default -> room.draft(ERIN, "m.room.member", ERIN, JsonObject.EMPTY.with("membership", "join"));
            };
        }

        private JsonObject powerLevels(String sender, String... moderators) {
            JsonObject users = JsonObject.EMPTY;
            if (!version.privilegedCreators()) {
                users = users.with(ALICE, JsonNumber.of(100));
            }
            for (String moderator : new TreeSet<>(List.of(moderators))) {
                users = users.with(moderator, JsonNumber.of(50));
            }
            return room.draft(sender, "m.room.power_levels", "", JsonObject.EMPTY.with("users", users));
        }
    }
}
