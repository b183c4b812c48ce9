package org.gatehouse.matrix.stateres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.CHARLIE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.gatehouse.matrix.authrule.AuthSlots;
import org.gatehouse.matrix.authrule.TestRoom;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in some states' auth chains and not in all, where the sweep takes its short cuts. */
class AuthDifferenceTest {

    static List<RoomVersion> versions() {
        return List.of(RoomVersions.require("2"), RoomVersions.V11, RoomVersions.V12);
    }

    /** The sweep takes 64 states at once. */
    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65, 128})
    void countsEveryState(int count) {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V11);
        Pdu first = room.powerLevels(ALICE, "{'users':{'" + ALICE + "':100},'ban':51}")
                .put();
        Pdu second = room.powerLevels(ALICE, "{'users':{'" + ALICE + "':100},'ban':52}")
                .add();
        List<StateMap> states = new ArrayList<>();
        states.add(state(room));
        for (int i = 1; i < count; i++) {
            String user = "@user" + i + ":b.example";
            states.add(state(room, second, room.member(user, user, "join").add()));
        }

        Resolution resolution = agreed(room, states, Graphs.of(room, states));

        assertThat(resolution.authDifference()).contains(second.eventId()).doesNotContain(first.eventId());
    }

    /**
     * Charlie's second join is in all states, and it leads over his first to levels and to a join rule that either state
     * has replaced.
     */
    @ParameterizedTest
    @MethodSource("versions")
    void whatOneEventOfAllStatesLeadsToIsInAllChains(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu levels = byAlice(room, room.powerLevels(ALICE, levels(version)));
        Pdu rule = byAlice(room, room.joinRule(ALICE, "public"));
        Pdu join = room.member(CHARLIE, CHARLIE, "join")
                .auth(citing(room, levels, rule))
                .add();
        room.member(CHARLIE, CHARLIE, "join").auth(citing(room, join)).put();
        Pdu otherLevels = byAlice(room, room.powerLevels(ALICE, levels(version)));
        Pdu otherRule = byAlice(room, room.joinRule(ALICE, "public"));
        List<StateMap> states = List.of(state(room, levels, otherRule), state(room, otherLevels, rule));

        Resolution resolution = agreed(room, states, Graphs.of(room, states));

        assertThat(resolution.authDifference()).containsExactlyInAnyOrder(otherLevels.eventId(), otherRule.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatIsNoStateEventIsInNoState(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu levels = byAlice(room, room.powerLevels(ALICE, levels(version)));
        Pdu message = room.message(ALICE).auth(citing(room, levels)).add();
        List<StateMap> states = List.of(state(room, levels), state(room));
        RoomAuthGraph graph = Graphs.of(room, states);
        graph.add(message, false);

        Resolution resolution = agreed(room, states, graph);

        assertThat(resolution.authDifference()).containsExactly(levels.eventId());
    }

    private static Resolution agreed(TestRoom room, List<StateMap> states, RoomAuthGraph graph) {
        Resolution resolution = StateResolution.resolveExplained(room.version(), states, graph);
        Oracle oracle = new Oracle(room.version().id(), room::event, room::isRejected);
        List<Map<StateKey, EventId>> plain =
                states.stream().map(OracleTest::entries).toList();
        assertThat(new TreeSet<>(resolution.authDifference())).isEqualTo(oracle.authDifference(plain));
        return resolution;
    }

    private static String levels(RoomVersion version) {
        return version.privilegedCreators() ? "{}" : "{'users':{'" + ALICE + "':100}}";
    }

    /** Adds the event, which cites the room's first events only. */
    private static Pdu byAlice(TestRoom room, TestRoom.Draft draft) {
        Pdu join = room.currentState().get(new StateKey("m.room.member", ALICE));
        return draft.auth(citing(room, room.current(AuthSlots.POWER_LEVELS).orElseThrow(), join))
                .add();
    }

    /** These and the create event, which version 12 does not name. */
    private static Pdu[] citing(TestRoom room, Pdu... events) {
        if (room.version().roomIdIsCreateHash()) {
            return events;
        }
        Pdu[] more = Arrays.copyOf(events, events.length + 1);
        more[events.length] = room.current(AuthSlots.CREATE).orElseThrow();
        return more;
    }

    private static StateMap state(TestRoom room, Pdu... more) {
        StateMap state = StateMap.EMPTY;
        for (Map.Entry<StateKey, Pdu> entry : room.currentState().entrySet()) {
            state = state.with(entry.getKey(), entry.getValue().eventId());
        }
        for (Pdu event : more) {
            state = state.with(event.stateSlot().orElseThrow(), event.eventId());
        }
        return state;
    }
}
