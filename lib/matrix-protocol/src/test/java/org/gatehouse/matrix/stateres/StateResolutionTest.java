package org.gatehouse.matrix.stateres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.CHARLIE;
import static org.gatehouse.matrix.authrule.TestRoom.DAN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.gatehouse.matrix.authrule.AuthSlots;
import org.gatehouse.matrix.authrule.MissingAuthEvent;
import org.gatehouse.matrix.authrule.TestRoom;
import org.gatehouse.matrix.authrule.ThirdPartyInvites;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.roomversion.StateResolutionAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The disputes that state resolution is there to settle, each by its name. */
class StateResolutionTest {
    private static final StateKey TOPIC = StateKey.of("m.room.topic");
    private static final StateKey ALICES = AuthSlots.member(new UserId(ALICE));
    private static final StateKey BOBS = AuthSlots.member(new UserId(BOB));
    private static final StateKey CHARLIES = AuthSlots.member(new UserId(CHARLIE));
    private static final StateKey DANS = AuthSlots.member(new UserId(DAN));

    static List<RoomVersion> versions() {
        return RoomVersions.supported().stream()
                .filter(version -> version.stateResolution() != StateResolutionAlgorithm.V1)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aBanBeatsThePowerLevelsThatTheBannedSet(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu ban = room.member(ALICE, BOB, "ban").add();
        Pdu byBob = room.powerLevels(BOB, levels(version, "'" + BOB + "':50,'" + CHARLIE + "':50"))
                .add();

        StateMap resolved = resolve(room, state(room, ban), state(room, byBob));

        assertThat(resolved.get(BOBS)).contains(ban.eventId());
        assertThat(resolved.get(AuthSlots.POWER_LEVELS))
                .contains(room.current(AuthSlots.POWER_LEVELS).orElseThrow().eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void closingTheRoomBeatsTheJoinThatEvadesIt(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu closed = room.joinRule(ALICE, "invite").add();
        Pdu evader = room.member(DAN, DAN, "join").add();

        StateMap resolved = resolve(room, state(room, closed), state(room, evader));

        assertThat(resolved.get(AuthSlots.JOIN_RULES)).contains(closed.eventId());
        assertThat(resolved.get(DANS)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theTopicOfTheBannedIsReset(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu byAlice = room.topic(ALICE, "by Alice").put();
        Pdu ban = room.member(ALICE, BOB, "ban").add();
        Pdu byBob = room.topic(BOB, "by Bob").add();

        StateMap resolved = resolve(room, state(room, ban), state(room, byBob));

        assertThat(resolved.get(BOBS)).contains(ban.eventId());
        assertThat(resolved.get(TOPIC)).contains(byAlice.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theTopicOfTheDemotedIsReset(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu byAlice = room.topic(ALICE, "by Alice").put();
        Pdu demotion =
                room.powerLevels(ALICE, levels(version, "'" + BOB + "':0")).add();
        Pdu byBob = room.topic(BOB, "by Bob").add();

        StateMap resolved = resolve(room, state(room, demotion), state(room, byBob));

        assertThat(resolved.get(AuthSlots.POWER_LEVELS)).contains(demotion.eventId());
        assertThat(resolved.get(TOPIC)).contains(byAlice.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theAdminBeatsTheModerator(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu byBob = room.powerLevels(BOB, levels(version, "'" + BOB + "':50,'" + CHARLIE + "':50"))
                .ts(10)
                .add();
        Pdu demotion = room.powerLevels(ALICE, levels(version, "'" + BOB + "':0"))
                .ts(20)
                .add();

        Resolution resolution = explain(room, state(room, byBob), state(room, demotion));

        assertThat(resolution.state().get(AuthSlots.POWER_LEVELS)).contains(demotion.eventId());
        assertThat(resolution.powerOrder()).containsSubsequence(demotion.eventId(), byBob.eventId());
        assertThat(resolution.verdicts())
                .filteredOn(applied -> applied.eventId().equals(byBob.eventId()))
                .singleElement()
                .satisfies(applied -> assertThat(applied.verdict().rule())
                        .isEqualTo(
                                "v" + version + "/" + (version.roomIdIsCreateHash() || version.aliasesRule() ? 8 : 7)));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void concurrentJoinsBothStand(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu charlie = room.member(CHARLIE, CHARLIE, "join").add();
        Pdu dan = room.member(DAN, DAN, "join").add();

        StateMap resolved = resolve(room, state(room, charlie), state(room, dan));

        assertThat(resolved.get(CHARLIES)).contains(charlie.eventId());
        assertThat(resolved.get(DANS)).contains(dan.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theLaterTopicWins(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu later = room.topic(ALICE, "later").id("$a").ts(2_000).add();
        Pdu earlier = room.topic(ALICE, "earlier").id("$b").ts(1_999).add();

        assertThat(resolve(room, state(room, later), state(room, earlier)).get(TOPIC))
                .contains(later.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void ofTopicsOfOneTimeTheGreaterIdWins(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu greater = room.topic(ALICE, "b").id("$b").ts(2_000).add();
        Pdu smaller = room.topic(BOB, "a").id("$a").ts(2_000).add();

        assertThat(resolve(room, state(room, greater), state(room, smaller)).get(TOPIC))
                .contains(greater.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void amongEqualsTheEarlierJoinRuleComesFirstSoTheLaterStands(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu earlier = room.joinRule(ALICE, "invite").id("$z").ts(2_000).add();
        Pdu later = room.joinRule(ALICE, "knock").id("$a").ts(2_001).add();

        Resolution resolution = explain(room, state(room, later), state(room, earlier));

        assertThat(resolution.powerOrder()).containsSubsequence(earlier.eventId(), later.eventId());
        assertThat(resolution.state().get(AuthSlots.JOIN_RULES)).contains(later.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theTopicUnderTheNewerPowerLevelsWinsWhateverItsTime(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu old = room.topic(ALICE, "under the old levels").ts(9_000).add();
        StateMap left = state(room, old);
        Pdu levels =
                room.powerLevels(ALICE, levels(version, "'" + BOB + "':60")).put();
        Pdu young = room.topic(ALICE, "under the new levels").ts(10).add();

        Resolution resolution = explain(room, left, state(room, young));

        assertThat(resolution.state().get(TOPIC)).contains(young.eventId());
        assertThat(resolution.mainline()).startsWith(levels.eventId()).hasSize(3);
        assertThat(resolution.mainlineOrder()).containsExactly(old.eventId(), young.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatHangsOnNoPowerLevelsComesFirst(RoomVersion version) {
        TestRoom room = new TestRoom(version);
        room.putCreate("{}");
        room.member(ALICE, ALICE, "join").put();
        Pdu none = room.topic(ALICE, "no levels").ts(9_000).add();
        StateMap withoutLevels = state(room, none);
        room.powerLevels(ALICE, levels(version, "")).put();
        Pdu oldest = room.topic(ALICE, "oldest levels").ts(10).add();

        Resolution resolution = explain(room, withoutLevels, state(room, oldest));

        assertThat(resolution.mainlineOrder()).containsExactly(none.eventId(), oldest.eventId());
        assertThat(resolution.mainlinePositions()).containsExactly(OptionalInt.empty(), OptionalInt.of(0));
        assertThat(resolution.state().get(TOPIC)).contains(oldest.eventId());
    }

    /**
     * The example of docs/adr/0008 for a state's own events: both states have the levels, but only one topic cites them.
     * By the text they would be in the auth difference, and version 2.1 would have a mainline.
     */
    @ParameterizedTest
    @MethodSource("versions")
    void whatIsInAllStatesIsInNoDifference(RoomVersion version) {
        TestRoom room = new TestRoom(version);
        room.putCreate("{}");
        room.member(ALICE, ALICE, "join").put();
        Pdu none = room.topic(ALICE, "no levels").ts(9_000).add();
        Pdu levels = room.powerLevels(ALICE, levels(version, "")).put();
        Pdu oldest = room.topic(ALICE, "oldest levels").ts(10).add();

        Resolution resolution = explain(room, state(room, none), state(room, oldest));

        assertThat(resolution.authDifference()).doesNotContain(levels.eventId());
        assertThat(resolution.state().get(TOPIC)).contains((version.roomIdIsCreateHash() ? none : oldest).eventId());
    }

    /**
     * The example of docs/adr/0008 for the chains of power events: the way from the third levels to Bob's first join
     * leads over the second levels, which both states know of. By the text the first join would be checked with the
     * power events, before the second.
     */
    @ParameterizedTest
    @MethodSource("versions")
    void chainsOfPowerEventsEndWhereTheyLeaveTheSet(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu otherJoin = room.member(BOB, BOB, "join").ts(10).add();
        Pdu join = room.member(BOB, BOB, "join").ts(20).put();
        room.member(CHARLIE, CHARLIE, "join").put();
        Pdu first = room.powerLevels(ALICE, levels(version, "'" + BOB + "':50")).put();
        room.powerLevels(BOB, levels(version, "'" + BOB + "':50,'" + CHARLIE + "':50"))
                .put();
        room.member(DAN, DAN, "join").put();
        Pdu third = room.powerLevels(CHARLIE, levels(version, "'" + BOB + "':50,'" + CHARLIE + "':50"))
                .add();

        Resolution resolution = explain(room, state(room, third), state(room, first, otherJoin));

        boolean isVersion21 = version.roomIdIsCreateHash();
        assertThat(resolution.powerOrder().contains(join.eventId())).isEqualTo(isVersion21);
        assertThat(resolution.state().get(BOBS)).contains((isVersion21 ? otherJoin : join).eventId());
    }

    /** MSC4297, problem A: version 2 starts from the unconflicted state, in which Alice has left, and loses the join rules. */
    @ParameterizedTest
    @MethodSource("versions")
    void onlyVersion21KeepsTheJoinRulesOfOneWhoLeft(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        Pdu levels = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
        Pdu open = room.current(AuthSlots.JOIN_RULES).orElseThrow();
        Pdu bob = room.member(BOB, BOB, "join").put();
        Pdu charlie = room.member(CHARLIE, CHARLIE, "join").put();
        Pdu closed = room.joinRule(ALICE, "invite").put();
        Pdu aliceLeft = room.member(ALICE, ALICE, "leave").put();
        Pdu bobAgain = room.member(BOB, BOB, "join").put();
        Pdu charlieAgain = room.member(CHARLIE, CHARLIE, "join").put();
        StateMap atBob = stateOf(create, levels, charlie, closed, aliceLeft, bobAgain);
        StateMap atCharlie = stateOf(create, levels, open, bob, aliceLeft, charlieAgain);

        StateMap resolved = resolve(room, atBob, atCharlie);

        StateMap common = stateOf(create, levels, aliceLeft, bobAgain, charlieAgain);
        boolean isVersion21 = version.roomIdIsCreateHash();
        assertThat(resolved).isEqualTo(isVersion21 ? common.with(AuthSlots.JOIN_RULES, closed.eventId()) : common);
    }

    /** MSC4297, problem B: version 2 does not see the levels between two that are in conflict, and falls back to the oldest. */
    @ParameterizedTest
    @MethodSource("versions")
    void onlyVersion21SeesThePowerLevelsInBetween(RoomVersion version) {
        String eve = "@eve:e.example";
        String zara = "@zara:z.example";
        TestRoom room = TestRoom.publicRoom(version);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        Pdu alice = room.current(ALICES).orElseThrow();
        Pdu first = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
        Pdu open = room.current(AuthSlots.JOIN_RULES).orElseThrow();
        Pdu bob = room.member(BOB, BOB, "join").put();
        Pdu charlie = room.member(CHARLIE, CHARLIE, "join").put();
        Pdu second =
                room.powerLevels(ALICE, levels(version, "'" + BOB + "':50")).put();
        Pdu third = room.powerLevels(BOB, levels(version, "'" + BOB + "':50,'" + CHARLIE + "':50"))
                .put();
        Pdu zaraJoin = room.member(zara, zara, "join").put();
        room.member(eve, eve, "join").put();
        Pdu eveAgain = room.member(eve, eve, "join").put();
        StateMap atEve = stateOf(create, alice, first, open, bob, charlie, eveAgain);
        StateMap atZara = stateOf(create, alice, third, open, bob, charlie, zaraJoin);

        Resolution resolution = explain(room, atEve, atZara);

        StateMap common = stateOf(create, alice, open, bob, charlie, eveAgain, zaraJoin);
        boolean isVersion21 = version.roomIdIsCreateHash();
        assertThat(resolution.state())
                .isEqualTo(common.with(AuthSlots.POWER_LEVELS, (isVersion21 ? third : first).eventId()));
        assertThat(resolution.conflictedSubgraph().contains(second.eventId())).isEqualTo(isVersion21);
        assertThat(resolution.authDifference()).doesNotContain(second.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatAllStatesAgreeOnStands(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu topic = room.topic(BOB, "agreed").put();
        Pdu ban = room.member(ALICE, BOB, "ban").add();
        Pdu name = room.draft(ALICE, "m.room.name").key("").add();

        Resolution resolution = explain(room, state(room, ban), state(room, name));

        assertThat(resolution.unconflicted().get(TOPIC)).contains(topic.eventId());
        assertThat(resolution.state().get(TOPIC)).contains(topic.eventId());
        assertThat(resolution.state().get(BOBS)).contains(ban.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatItsAuthEventsDoNotAllowNeverGetsIn(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu citesNothing = room.topic(DAN, "from outside").auth(citable(room)).add();
        room.reject(citesNothing);
        Pdu rejectedJoin = room.member(DAN, DAN, "join").add();
        room.reject(rejectedJoin);
        TestRoom.Draft citing = room.topic(DAN, "cites a rejected event");
        Pdu citesRejected = citing.auth(append(citable(room), rejectedJoin)).add();
        room.reject(citesRejected);

        StateMap first = resolve(room, state(room, citesNothing), state(room));
        StateMap second = resolve(room, state(room, citesRejected), state(room));

        assertThat(first.get(TOPIC)).isEmpty();
        assertThat(second.get(TOPIC)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatOnlyTheStateBeforeDidNotAllowTakesPart(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu topic = room.topic(BOB, "rejected where it was sent").add();
        room.reject(topic);

        StateMap resolved = resolve(room, state(room, topic), state(room));

        assertThat(resolved.get(TOPIC)).contains(topic.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aThirdPartyInviteIsRedeemedWhileItStands(RoomVersion version) {
        TestRoom room = ThirdPartyInvites.in(TestRoom.publicRoom(version));
        Pdu before = ThirdPartyInvites.redeem(room, ThirdPartyInvites.signed("{}", ThirdPartyInvites.EPHEMERAL))
                .ts(2_000)
                .add();
        Pdu after = ThirdPartyInvites.redeem(room, ThirdPartyInvites.signed("{}", ThirdPartyInvites.EPHEMERAL))
                .ts(4_000)
                .add();
        Pdu revoked = room.draft(ALICE, "m.room.third_party_invite")
                .key("t")
                .ts(3_000)
                .add();

        StateMap standing = resolve(room, state(room, after), state(room));
        StateMap early = resolve(room, state(room, before), state(room, revoked));
        StateMap late = resolve(room, state(room, after), state(room, revoked));

        assertThat(standing.get(BOBS)).contains(after.eventId());
        assertThat(early.get(BOBS)).contains(before.eventId());
        assertThat(late.get(BOBS)).isEmpty();
        assertThat(late.get(new StateKey("m.room.third_party_invite", "t"))).contains(revoked.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theBannedAreNotInvited(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu invite = room.member(BOB, DAN, "invite").add();
        Pdu ban = room.member(ALICE, DAN, "ban").add();

        StateMap resolved = resolve(room, state(room, ban), state(room, invite));

        assertThat(resolved.get(DANS)).contains(ban.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aMemberLetsAnotherIn(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        room.joinRule(ALICE, "restricted").put();
        Pdu join = room.member(DAN, DAN, "join")
                .content("{'membership':'join','join_authorised_via_users_server':'" + BOB + "'}")
                .signedBy("b.example")
                .signedBy("d.example")
                .add();

        StateMap resolved = resolve(room, state(room), state(room, join));

        assertThat(resolved.get(DANS).isPresent()).isEqualTo(version.restrictedJoins());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anEventInAnothersSlotCountsForItsOwn(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu topic = room.topic(BOB, "t").add();
        StateKey name = StateKey.of("m.room.name");

        StateMap resolved = resolve(room, state(room), state(room).with(name, topic.eventId()));

        assertThat(resolved.get(name)).isEmpty();
        assertThat(resolved.get(TOPIC)).contains(topic.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void saysWhetherWholeStatesAreNeeded(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu joinOfOld = room.current(BOBS).orElseThrow();
        Pdu byAlice = room.topic(ALICE, "by Alice").add();
        Pdu alsoByAlice = room.topic(ALICE, "also by Alice").add();
        Pdu byBob = room.topic(BOB, "by Bob").add();
        room.member(BOB, BOB, "join").put();

        assertThat(needsWholeStates(room, byAlice, alsoByAlice)).isFalse();
        assertThat(needsWholeStates(room, byAlice, byAlice)).isFalse();
        assertThat(needsWholeStates(room, byAlice, byBob)).isTrue();
        assertThat(explain(room, state(room, byAlice), state(room, byBob)).authDifference())
                .doesNotContain(joinOfOld.eventId());
    }

    private static boolean needsWholeStates(TestRoom room, Pdu one, Pdu other) {
        RoomAuthGraph graph = RoomAuthGraph.of(room.version());
        graph.addWithChains(List.of(one.eventId(), other.eventId()), room);
        return StateResolution.needsWholeStates(List.of(state(room, one), state(room, other)), graph);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void equalStatesAreNotLookedInto(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        RoomAuthGraph closed = RoomAuthGraph.of(version);

        StateMap one = StateResolution.resolve(version, List.of(state(room)), closed);
        StateMap two = StateResolution.resolve(version, List.of(state(room), state(room)), closed);

        assertThat(one).isEqualTo(state(room));
        assertThat(two).isEqualTo(state(room));
        assertThat(StateResolution.resolve(version, List.of(), closed)).isEqualTo(StateMap.EMPTY);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void namesTheEventThatIsMissing(RoomVersion version) {
        TestRoom room = roomWithModeratorBob(version);
        Pdu topic = room.topic(BOB, "t").add();
        Pdu levels = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
        StateMap before = state(room);
        StateMap after = state(room, topic);
        room.forget(levels);

        assertThatThrownBy(() -> resolve(room, before, after))
                .isInstanceOfSatisfying(
                        MissingAuthEvent.class,
                        missing -> assertThat(missing.eventId()).isEqualTo(levels.eventId()));
    }

    @Test
    void manyStatesAreResolvedAtOnce() {
        for (RoomVersion version : versions()) {
            TestRoom room = roomWithModeratorBob(version);
            Map<StateKey, EventId> joins = new TreeMap<>();
            StateMap[] states = new StateMap[150];
            for (int i = 0; i < states.length; i++) {
                String user = "@user" + i + ":b.example";
                Pdu join = room.member(user, user, "join").add();
                joins.put(join.stateSlot().orElseThrow(), join.eventId());
                states[i] = state(room, join);
            }

            StateMap resolved = resolve(room, states);

            joins.forEach((slot, join) -> assertThat(resolved.get(slot)).contains(join));
            assertThat(resolved.size()).isEqualTo(state(room).size() + joins.size());
        }
    }

    @Test
    void longChainsNeedNoDeepStack() {
        for (RoomVersion version : List.of(RoomVersions.V11, RoomVersions.V12)) {
            TestRoom room = roomWithModeratorBob(version);
            for (int i = 0; i < 6_000; i++) {
                room.powerLevels(ALICE, levels(version, "'" + BOB + "':50,'@counter:b.example':" + i % 50))
                        .put();
                room.member(BOB, BOB, "join").put();
            }
            Pdu topic = room.topic(BOB, "t").add();
            StateMap left = state(room, topic);
            Pdu levels =
                    room.powerLevels(ALICE, levels(version, "'" + BOB + "':50")).put();
            Pdu name = room.draft(ALICE, "m.room.name").key("").add();

            Resolution resolution = explain(room, left, state(room, name));

            assertThat(resolution.mainline()).hasSize(6_003);
            assertThat(resolution.state().get(AuthSlots.POWER_LEVELS)).contains(levels.eventId());
            assertThat(resolution.state().get(TOPIC)).contains(topic.eventId());
            assertThat(AuthChains.of(List.of(topic.eventId()), room)).hasSizeGreaterThan(12_000);
        }
    }

    private static TestRoom roomWithModeratorBob(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        room.powerLevels(ALICE, levels(version, "'" + BOB + "':50")).put();
        room.member(BOB, BOB, "join").put();
        return room;
    }

    /** Power levels for some users; before version 12 Alice is named too. */
    private static String levels(RoomVersion version, String users) {
        String alice = version.privilegedCreators() ? "" : "'" + ALICE + "':100" + (users.isEmpty() ? "" : ",");
        String moderators = "'events':{'m.room.power_levels':50,'m.room.topic':50}";
        return "{'users':{" + alice + users + "}," + moderators + "}";
    }

    private static Pdu[] citable(TestRoom room) {
        Pdu levels = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
        return room.version().roomIdIsCreateHash()
                ? new Pdu[] {levels}
                : new Pdu[] {room.current(AuthSlots.CREATE).orElseThrow(), levels};
    }

    private static Pdu[] append(Pdu[] events, Pdu event) {
        Pdu[] more = Arrays.copyOf(events, events.length + 1);
        more[events.length] = event;
        return more;
    }

    /** The room's current state and some events on top. */
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

    private static StateMap stateOf(Pdu... events) {
        StateMap state = StateMap.EMPTY;
        for (Pdu event : events) {
            state = state.with(event.stateSlot().orElseThrow(), event.eventId());
        }
        return state;
    }

    private static StateMap resolve(TestRoom room, StateMap... states) {
        return explain(room, states).state();
    }

    /** Resolves in two orders, which have to agree. */
    private static Resolution explain(TestRoom room, StateMap... states) {
        List<StateMap> forth = List.of(states);
        List<StateMap> back = new ArrayList<>(forth);
        Collections.reverse(back);
        RoomAuthGraph graph = Graphs.of(room, forth);
        Resolution resolution = StateResolution.resolveExplained(room.version(), forth, graph);
        assertThat(StateResolution.resolve(room.version(), back, graph)).isEqualTo(resolution.state());
        return resolution;
    }
}
