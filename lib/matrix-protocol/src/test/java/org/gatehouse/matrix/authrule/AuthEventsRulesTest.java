package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules 2 and 3 of version 11, by their numbers there; rule 2 of version 12. */
class AuthEventsRulesTest extends RuleTest {

    @ParameterizedTest
    @MethodSource("versions")
    void allowsWhatItsAuthEventsAllow(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);

        assertAllowed(room.checkAgainstAuthEvents(room.message(ALICE)), version, "10");
        assertAllowed(room.checkAgainstAuthEvents(room.member(BOB, BOB, "join")), version, "4.3.6");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void appliesTheOtherRulesToTheStateOfTheAuthEvents(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);

        assertDenied(room.checkAgainstAuthEvents(room.message(BOB)), version, "5");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void refusesTwoAuthEventsForOneSlot(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu first = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
        Pdu second = room.powerLevels(ALICE, "{}").add();
        Pdu member = room.current(AuthSlots.member(ALICE)).orElseThrow();

        assertDenied(room.checkAgainstAuthEvents(room.message(ALICE).auth(first, second, member)), version, "2.1");
        assertDenied(room.checkAgainstAuthEvents(room.message(ALICE).auth(first, first, member)), version, "2.1");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void refusesAuthEventsThatAreNotSelected(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        Pdu member = room.current(AuthSlots.member(ALICE)).orElseThrow();
        Pdu topic = room.topic(ALICE, "t").put();
        Pdu message = room.message(ALICE).add();
        Pdu joinRules = room.current(AuthSlots.JOIN_RULES).orElseThrow();

        for (Pdu unexpected : new Pdu[] {topic, message, joinRules}) {
            TestRoom.Draft draft = version.roomIdIsCreateHash()
                    ? room.message(ALICE).auth(member, unexpected)
                    : room.message(ALICE).auth(create, member, unexpected);
            assertDenied(room.checkAgainstAuthEvents(draft), version, "2.2");
        }
    }

    @Test
    void refusesTheCreateEventAmongTheAuthEventsOfVersion12() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V12);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        Pdu member = room.current(AuthSlots.member(ALICE)).orElseThrow();

        assertDenied(room.checkAgainstAuthEvents(room.message(ALICE).auth(create, member)), RoomVersions.V12, "2.2");
    }

    /** It is not dropped on receipt before version 11, so that it must be refused here. */
    @ParameterizedTest
    @MethodSource("versions")
    void refusesATypeOrStateKeyOfMoreThan255Bytes(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);

        assertThat(room.checkAgainstAuthEvents(room.draft(ALICE, "é".repeat(127)))
                        .isAllowed())
                .isTrue();
        assertThat(room.checkAgainstAuthEvents(room.draft(ALICE, "é".repeat(128)))
                        .rule())
                .isEqualTo("v" + version + "/size");
        assertThat(room.checkAgainstAuthEvents(room.draft(ALICE, "x").key("é".repeat(128)))
                        .rule())
                .isEqualTo("v" + version + "/size");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void refusesRejectedAuthEvents(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        room.reject(room.current(AuthSlots.POWER_LEVELS).orElseThrow());

        assertDenied(room.checkAgainstAuthEvents(room.message(ALICE)), version, "2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "6", "9", "10", "11"})
    void wantsTheCreateEvent(String id) {
        RoomVersion version = RoomVersions.require(id);
        TestRoom room = TestRoom.publicRoom(version);
        Pdu member = room.current(AuthSlots.member(ALICE)).orElseThrow();

        assertDenied(room.checkAgainstAuthEvents(room.message(ALICE).auth(member)), version, "2.4");
        assertDenied(AuthRules.check(room.message(ALICE).build(), key -> Optional.empty()), version, "2.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "6", "9", "10", "11"})
    void refusesAuthEventsOfAnotherRoom(String id) {
        RoomVersion version = RoomVersions.require(id);
        TestRoom room = TestRoom.publicRoom(version);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        Pdu elsewhere = memberElsewhere(version);

        AuthVerdict verdict = AuthRules.checkAgainstAuthEvents(
                room.message(ALICE).auth(create, elsewhere).build(),
                event -> Optional.of(new AuthEvent(event.equals(create.eventId()) ? create : elsewhere, false)));

        assertThat(verdict.rule()).isEqualTo("v" + id + "/2.5");
        assertThat(verdict.isAllowed()).isFalse();
    }

    @Test
    void refusesAuthEventsOfAnotherRoomInVersion12() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V12);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        Pdu elsewhere = memberElsewhere(RoomVersions.V12);

        AuthVerdict verdict = AuthRules.checkAgainstAuthEvents(
                room.message(ALICE).auth(elsewhere).build(),
                event -> Optional.of(new AuthEvent(event.equals(create.eventId()) ? create : elsewhere, false)));

        assertThat(verdict.rule()).isEqualTo("v12/3.4");
        assertThat(verdict.isAllowed()).isFalse();
    }

    @Test
    void wantsTheRoomIdOfVersion12ToNameAnAcceptedCreateEvent() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V12);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        TestRoom other = new TestRoom(RoomVersions.V12, "other");
        Pdu otherCreate = other.putCreate("{}");
        Pdu message = room.message(ALICE).build();
        Pdu topic = room.topic(ALICE, "t").build();

        AuthVerdict accepted = room.checkAgainstAuthEvents(room.message(ALICE));
        AuthVerdict noCreateEvent =
                AuthRules.checkAgainstAuthEvents(message, id -> Optional.of(new AuthEvent(topic, false)));
        AuthVerdict inOtherState = AuthRules.check(message, key -> Optional.of(otherCreate));
        AuthVerdict inEmptyState = AuthRules.check(message, key -> Optional.empty());
        room.reject(create);
        AuthVerdict rejected = room.checkAgainstAuthEvents(room.message(ALICE));

        assertThat(accepted.isAllowed()).isTrue();
        for (AuthVerdict denied : new AuthVerdict[] {noCreateEvent, inOtherState, inEmptyState, rejected}) {
            assertThat(denied.rule()).isEqualTo("v12/2");
            assertThat(denied.isAllowed()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void namesTheAuthEventThatIsMissing(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        TestRoom.Draft message = room.message(ALICE);
        room.forget(create);

        assertThatThrownBy(() -> room.checkAgainstAuthEvents(message))
                .isInstanceOfSatisfying(
                        MissingAuthEvent.class,
                        missing -> assertThat(missing.eventId()).isEqualTo(create.eventId()));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void keepsAnUnfederatedRoomToTheServerOfItsCreator(RoomVersion version) {
        TestRoom room = new TestRoom(version);
        room.putCreate("{'m.federate':false}");
        room.member(ALICE, ALICE, "join").put();
        room.joinRule(ALICE, "public").put();

        assertDenied(room.check(room.member(BOB, BOB, "join")), version, "3");
        assertAllowed(room.check(room.member("@anna:a.example", "@anna:a.example", "join")), version, "4.3.6");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void federatesUnlessTheCreateEventSaysFalse(RoomVersion version) {
        TestRoom room = new TestRoom(version);
        room.putCreate("{'m.federate':'false'}");
        room.joinRule(ALICE, "public").put();

        assertAllowed(room.check(room.member(BOB, BOB, "join")), version, "4.3.6");
    }

    @ParameterizedTest
    @MethodSource("versionsThatCiteTheCreateEvent")
    void missesTheCreateEventBeforeItLooksAtRooms(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu elsewhere = memberElsewhere(version);

        AuthVerdict verdict = AuthRules.checkAgainstAuthEvents(
                room.message(ALICE).auth(elsewhere).build(), event -> Optional.of(new AuthEvent(elsewhere, false)));

        assertDenied(verdict, version, "2.4");
    }

    static List<RoomVersion> versionsThatCiteTheCreateEvent() {
        return versionsThat(version -> !version.roomIdIsCreateHash());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void saysWhatCallersThatCannotLoadAnAuthEventHaveToSay(RoomVersion version) {
        Pdu message = TestRoom.publicRoom(version).message(ALICE).build();
        EventId cited = new EventId("$cited");

        AuthVerdict unexpected = AuthRules.citesUnexpected(message, cited);
        AuthVerdict ofAnotherRoom = AuthRules.citesAnotherRoom(message, cited);

        assertDenied(unexpected, version, "2.2");
        assertDenied(ofAnotherRoom, version, "2.5");
        assertThat(unexpected.decidedBy()).containsExactly(cited);
        assertThat(ofAnotherRoom.decidedBy()).containsExactly(cited);
    }

    /** A create event is one with an empty state key; versions with a server in the room ID need it cited. */
    @Test
    void anEventOfTheCreateTypeWithoutStateKeyMakesNoRoom() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V12);
        Pdu message = room.message(ALICE).build();
        Pdu noState = room.create("{}").withoutKey().build();

        AuthVerdict verdict = AuthRules.checkAgainstAuthEvents(
                message,
                id -> id.equals(noState.eventId())
                        ? Optional.of(new AuthEvent(noState, false))
                        : Optional.of(new AuthEvent(room.event(id), false)));

        assertThat(verdict.rule()).isEqualTo("v12/2");
        assertThat(verdict.decidedBy()).containsExactly(noState.eventId());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void asksAStateForItsSlotsByName(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu join = room.member(BOB, BOB, "join").build();
        Pdu topic = room.topic(ALICE, "t").build();
        AuthState byName = new AuthState() {
            @Override
            public Optional<Pdu> event(StateKey key) {
                throw new AssertionError(key);
            }

            @Override
            public Optional<Pdu> create() {
                return room.current(AuthSlots.CREATE);
            }

            @Override
            public Optional<Pdu> powerLevels() {
                return room.current(AuthSlots.POWER_LEVELS);
            }

            @Override
            public Optional<Pdu> joinRules() {
                return room.current(AuthSlots.JOIN_RULES);
            }

            @Override
            public Optional<Pdu> member(String user) {
                return room.current(AuthSlots.member(user));
            }
        };

        assertAllowed(AuthRules.check(join, byName), version, "4.3.6");
        assertAllowed(AuthRules.check(topic, byName), version, "10");
    }

    private static Pdu memberElsewhere(RoomVersion version) {
        TestRoom other = new TestRoom(version, "other");
        other.putCreate("{}");
        return other.member(ALICE, ALICE, "join").id("elsewhere").put();
    }
}
