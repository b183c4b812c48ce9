package org.gatehouse.matrix.authrule;

import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.CHARLIE;

import java.util.List;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules 5 to 8 and 10 of version 11, by their numbers there. */
class GenericRulesTest extends RuleTest {

    @ParameterizedTest
    @MethodSource("versions")
    void onlyMembersSend(RoomVersion version) {
        TestRoom room = room(version, "{}");
        room.member(CHARLIE, CHARLIE, "leave").put();

        assertAllowed(room.check(room.message(BOB)), version, "10");
        assertDenied(room.check(room.message(CHARLIE)), version, "5");
        assertDenied(room.check(room.message("@never:b.example")), version, "5");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void thirdPartyInvitesNeedTheInviteLevel(RoomVersion version) {
        TestRoom room = room(version, "{'invite':50,'users':{'@bob:b.example':50}}");

        TestRoom.Draft byBob = room.draft(BOB, "m.room.third_party_invite").key("token");
        TestRoom.Draft byCharlie =
                room.draft(CHARLIE, "m.room.third_party_invite").key("token");

        assertAllowed(room.check(byBob), version, "6.1");
        assertDenied(room.check(byCharlie), version, "6.1");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void thirdPartyInvitesNeedNoOtherLevel(RoomVersion version) {
        TestRoom room = room(version, "{'state_default':100,'events':{'m.room.third_party_invite':100}}");

        assertAllowed(room.check(room.draft(BOB, "m.room.third_party_invite").key("t")), version, "6.1");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theTypeHasARequiredLevel(RoomVersion version) {
        TestRoom room = room(version, "{'users':{'@bob:b.example':50},'events':{'m.room.name':60,'org.a':50}}");

        assertDenied(room.check(room.draft(BOB, "m.room.name").key("")), version, "7");
        assertAllowed(room.check(room.draft(BOB, "org.a").key("")), version, "10");
        assertAllowed(room.check(room.topic(BOB, "state_default is 50")), version, "10");
        assertDenied(room.check(room.topic(CHARLIE, "state_default is 50")), version, "7");
        assertDenied(room.check(room.draft(CHARLIE, "org.a")), version, "7");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void messagesNeedTheDefaultForMessages(RoomVersion version) {
        TestRoom room = room(version, "{'events_default':10,'users':{'@bob:b.example':10},'state_default':0}");

        assertAllowed(room.check(room.message(BOB)), version, "10");
        assertDenied(room.check(room.message(CHARLIE)), version, "7");
        assertAllowed(room.check(room.topic(CHARLIE, "t")), version, "10");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void withoutPowerLevelsOnlyTheCreatorSetsState(RoomVersion version) {
        TestRoom room = room(version, "{}");
        room.remove(AuthSlots.POWER_LEVELS);

        assertAllowed(room.check(room.topic(ALICE, "t")), version, "10");
        assertDenied(room.check(room.topic(BOB, "t")), version, "7");
        assertDenied(room.check(room.powerLevels(BOB, "{'users':{'@bob:b.example':100}}")), version, "7");
        assertAllowed(room.check(room.message(BOB)), version, "10");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void nobodyWritesAnothersState(RoomVersion version) {
        TestRoom room = room(version, "{'state_default':0}");

        assertAllowed(room.check(room.draft(BOB, "org.example.status").key(BOB)), version, "10");
        assertDenied(room.check(room.draft(BOB, "org.example.status").key(ALICE)), version, "8");
        assertDenied(room.check(room.draft(BOB, "org.example.status").key("@")), version, "8");
        assertAllowed(room.check(room.draft(BOB, "org.example.status").key("bob")), version, "10");
    }

    @ParameterizedTest
    @MethodSource("versionsWithoutRedactionRule")
    void redactionsAreEventsLikeOthers(RoomVersion version) {
        TestRoom room = room(version, "{'redact':100}");

        assertAllowed(room.check(room.draft(BOB, "m.room.redaction")), version, "10");
    }

    static List<RoomVersion> versionsWithoutRedactionRule() {
        return versionsThat(version -> !version.redactionIsAuthorised());
    }

    /** Alice made it; Bob and Charlie are in it. */
    private static TestRoom room(RoomVersion version, String powerLevels) {
        TestRoom room = TestRoom.publicRoom(version);
        room.powerLevels(ALICE, powerLevels).put();
        room.member(BOB, BOB, "join").put();
        room.member(CHARLIE, CHARLIE, "join").put();
        return room;
    }
}
