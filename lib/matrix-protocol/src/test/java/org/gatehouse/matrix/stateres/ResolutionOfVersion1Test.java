package org.gatehouse.matrix.stateres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.CHARLIE;
import static org.gatehouse.matrix.authrule.TestRoom.DAN;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gatehouse.matrix.authrule.AuthSlots;
import org.gatehouse.matrix.authrule.TestRoom;
import org.gatehouse.matrix.authrule.ThirdPartyInvites;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disputes of version 1, each by its name, and the way to their ends. */
class ResolutionOfVersion1Test {
    private static final StateKey TOPIC = StateKey.of("m.room.topic");

    private final TestRoom room = TestRoom.publicRoom(RoomVersions.V1);

    @BeforeEach
    void bobIsModerator() {
        room.powerLevels(ALICE, "{'users':{'" + ALICE + "':100,'" + BOB + "':50}}")
                .depth(3)
                .put();
        room.member(BOB, BOB, "join").put();
    }

    @Test
    void theDeepestTopicThatIsAllowedWins() {
        StateMap common = state();
        Pdu shallow = room.topic(BOB, "shallow").depth(5).add();
        Pdu deep = room.topic(ALICE, "deep").depth(6).add();
        Pdu denied = room.topic(DAN, "from outside").depth(7).add();

        Resolution resolution = explain(state(shallow), state(denied), state(deep));

        assertThat(resolution.state()).isEqualTo(common.with(TOPIC, deep.eventId()));
        assertThat(resolution.unconflicted()).isEqualTo(common);
        assertThat(resolution.conflictedStateSet()).containsExactlyElementsOf(sorted(shallow, deep, denied));
        assertThat(resolution.mainlineOrder()).containsExactly(denied.eventId(), deep.eventId());
        assertThat(resolution.verdicts())
                .extracting(AppliedEvent::eventId)
                .containsExactly(denied.eventId(), deep.eventId());
        assertThat(resolution.verdicts())
                .extracting(applied -> applied.verdict().isAllowed())
                .containsExactly(false, true);
        assertThat(resolution.verdicts()).extracting(AppliedEvent::slot).containsOnly(TOPIC);
        assertThat(resolution.powerOrder()).isEmpty();
    }

    @Test
    void whereNoTopicIsAllowedTheShallowestStands() {
        Pdu shallow = room.topic(DAN, "shallow").depth(5).add();
        Pdu deep = room.topic(DAN, "deep").depth(6).add();

        Resolution resolution = explain(state(shallow), state(deep));

        assertThat(resolution.state().get(TOPIC)).contains(shallow.eventId());
        assertThat(resolution.mainlineOrder()).containsExactly(deep.eventId(), shallow.eventId());
    }

    @Test
    void powerLevelsStandUntilTheFirstThatIsDenied() {
        Pdu current = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
        Pdu greedy = room.powerLevels(BOB, "{'users':{'" + ALICE + "':100,'" + BOB + "':100}}")
                .depth(4)
                .add();
        Pdu deep = room.powerLevels(ALICE, "{'users':{'" + ALICE + "':100}}")
                .depth(5)
                .add();

        Resolution resolution = explain(state(deep), state(greedy), state(current));

        assertThat(resolution.state().get(AuthSlots.POWER_LEVELS)).contains(current.eventId());
        assertThat(resolution.powerOrder()).containsExactly(current.eventId(), greedy.eventId());
        assertThat(resolution.mainlineOrder()).isEmpty();
        assertThat(resolution.verdicts()).extracting(AppliedEvent::eventId).containsExactly(greedy.eventId());
    }

    /** What is resolved for one member is no argument for another, whoever comes first. */
    @Test
    void membersAreResolvedWithoutEachOther() {
        room.powerLevels(ALICE, "{'users':{'" + ALICE + "':100},'invite':0}").put();
        StateMap left = state();
        StateMap right = state();
        for (int i = 0; i < 8; i++) {
            String inviter = "@inviter" + i + ":b.example";
            String guest = "@guest" + i + ":c.example";
            left = with(left, room.member(inviter, inviter, "leave").depth(5).add());
            right = with(right, room.member(inviter, inviter, "join").depth(6).add());
            left = with(left, room.member(guest, guest, "leave").depth(5).add());
            right = with(right, room.member(inviter, guest, "invite").depth(6).add());
        }

        StateMap resolved = explain(left, right).state();

        for (int i = 0; i < 8; i++) {
            StateKey inviter = AuthSlots.member(new UserId("@inviter" + i + ":b.example"));
            StateKey guest = AuthSlots.member(new UserId("@guest" + i + ":c.example"));
            assertThat(resolved.get(inviter)).isEqualTo(right.get(inviter));
            assertThat(resolved.get(guest)).isEqualTo(left.get(guest));
        }
    }

    @Test
    void powerLevelsComeBeforeJoinRulesAndTheseBeforeMembers() {
        Pdu levels = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
        Pdu open = room.current(AuthSlots.JOIN_RULES).orElseThrow();
        Pdu demotion = room.powerLevels(ALICE, "{'users':{'" + ALICE + "':100}}")
                .depth(9)
                .add();
        Pdu byBob = room.joinRule(BOB, "invite").depth(9).add();
        Pdu leave = room.member(CHARLIE, CHARLIE, "leave").depth(5).add();
        Pdu join = room.member(CHARLIE, CHARLIE, "join").depth(6).add();

        Resolution resolution = explain(state(levels, open, leave), state(demotion, byBob, join));

        assertThat(resolution.state().get(AuthSlots.POWER_LEVELS)).contains(demotion.eventId());
        assertThat(resolution.state().get(AuthSlots.JOIN_RULES)).contains(open.eventId());
        assertThat(resolution.state().get(AuthSlots.member(new UserId(CHARLIE))))
                .contains(join.eventId());
        assertThat(resolution.powerOrder())
                .containsExactly(
                        levels.eventId(),
                        demotion.eventId(),
                        open.eventId(),
                        byBob.eventId(),
                        leave.eventId(),
                        join.eventId());
    }

    @Test
    void aThirdPartyInviteIsRedeemed() {
        ThirdPartyInvites.in(room);
        room.member(ALICE, BOB, "leave").put();
        Pdu leave = room.member(BOB, BOB, "leave").depth(5).add();
        Pdu invite = ThirdPartyInvites.redeem(room, ThirdPartyInvites.signed("{}", ThirdPartyInvites.EPHEMERAL))
                .depth(6)
                .add();

        Resolution resolution = explain(state(leave), state(invite));

        assertThat(resolution.state().get(AuthSlots.member(new UserId(BOB)))).contains(invite.eventId());
    }

    @Test
    void noGraphNeedsToHoldMoreThanTheConflict() {
        Pdu byAlice = room.topic(ALICE, "by Alice").add();
        Pdu byBob = room.topic(BOB, "by Bob").add();
        RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V1);
        graph.addWithChains(List.of(byAlice.eventId(), byBob.eventId()), room);

        assertThat(StateResolution.needsWholeStates(List.of(state(byAlice), state(byBob)), graph))
                .isFalse();
    }

    private Resolution explain(StateMap... states) {
        List<StateMap> all = List.of(states);
        RoomAuthGraph graph = Graphs.of(room, all);
        Resolution resolution = StateResolution.resolveExplained(RoomVersions.V1, all, graph);
        assertThat(StateResolution.resolve(RoomVersions.V1, all, graph)).isEqualTo(resolution.state());
        return resolution;
    }

    private StateMap state(Pdu... more) {
        StateMap state = StateMap.EMPTY;
        for (Map.Entry<StateKey, Pdu> entry : room.currentState().entrySet()) {
            state = state.with(entry.getKey(), entry.getValue().eventId());
        }
        for (Pdu event : more) {
            state = with(state, event);
        }
        return state;
    }

    private static StateMap with(StateMap state, Pdu event) {
        return state.with(event.stateSlot().orElseThrow(), event.eventId());
    }

    private static List<EventId> sorted(Pdu... events) {
        return Stream.of(events).map(Pdu::eventId).sorted().toList();
    }
}
