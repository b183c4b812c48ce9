package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.CHARLIE;

import java.util.List;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 9 of version 11, by its numbers there. */
class PowerLevelsRulesTest extends RuleTest {
    private static final List<String> LEVELS =
            List.of("users_default", "events_default", "state_default", "ban", "redact", "kick", "invite");

    @ParameterizedTest
    @MethodSource("integerVersions")
    void levelsAreIntegers(RoomVersion version) {
        TestRoom room = room(version, "{}");

        for (String name : LEVELS) {
            for (String value : List.of("'50'", "50.0", "5e1", "true", "null", "[]")) {
                assertDenied(propose(room, "{'" + name + "':" + value + "}"), version, "9.1");
            }
        }
        assertAllowed(propose(room, "{'" + LEVELS.get(0) + "':0}"), version);
    }

    @ParameterizedTest
    @MethodSource("integerVersions")
    void eventsAndNotificationsAreObjectsOfIntegers(RoomVersion version) {
        TestRoom room = room(version, "{}");

        for (String name : List.of("events", "notifications")) {
            for (String value : List.of("5", "[]", "null", "{'x':'50'}", "{'x':1.5}", "{'x':null}")) {
                assertDenied(propose(room, "{'" + name + "':" + value + "}"), version, "9.2");
            }
            assertAllowed(propose(room, "{'" + name + "':{'x':5}}"), version);
        }
    }

    @ParameterizedTest
    @MethodSource("integerVersions")
    void usersIsAnObjectOfUserIdsAndIntegers(RoomVersion version) {
        TestRoom room = room(version, "{}");

        for (String value : List.of("5", "[]", "null", "{'@x:b.example':'50'}", "{'bob':50}", "{'@bob':5}")) {
            assertDenied(propose(room, "{'users':" + value + "}"), version, "9.3");
        }
        assertAllowed(propose(room, "{'users':{'@bob:b.example':50,'@Old ID:b.example':1}}"), version);
    }

    @Test
    void version12DoesNotListCreators() {
        TestRoom room = new TestRoom(RoomVersions.V12);
        room.putCreate("{'additional_creators':['" + CHARLIE + "']}");
        room.member(ALICE, ALICE, "join").put();

        for (String creator : List.of(ALICE, CHARLIE)) {
            AuthVerdict verdict =
                    room.check(room.powerLevels(ALICE, "{'users':{'" + creator + "':100,'" + BOB + "':50}}"));
            assertThat(verdict.rule()).isEqualTo("v12/10.4");
            assertThat(verdict.isAllowed()).isFalse();
        }
        assertThat(room.check(room.powerLevels(ALICE, "{'users':{'" + BOB + "':100}}"))
                        .isAllowed())
                .isTrue();
    }

    @Test
    void olderVersionsListTheCreatorLikeAnybody() {
        for (RoomVersion version : versionsThat(version -> !version.privilegedCreators())) {
            TestRoom room = room(version, "{'users':{'" + BOB + "':60}}");

            assertAllowed(propose(room, "{'users':{'" + BOB + "':60,'" + ALICE + "':60}}"), version);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theFirstPowerLevelsAreFree(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        room.remove(AuthSlots.POWER_LEVELS);

        AuthVerdict verdict = room.check(room.powerLevels(ALICE, "{'ban':1000,'users':{'" + BOB + "':1000}}"));

        assertAllowed(verdict, version, "9.4");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aLevelAboveTheSenderIsNotChanged(RoomVersion version) {
        for (String name : LEVELS) {
            String rest = "'events':{'m.room.power_levels':0},'users':{'" + BOB + "':60}";
            TestRoom room = room(version, "{" + rest + ",'" + name + "':61}");

            assertDenied(propose(room, "{" + rest + ",'" + name + "':60}"), version, "9.5.1");
            assertDenied(propose(room, "{" + rest + "}"), version, "9.5.1");
            assertAllowed(propose(room, "{" + rest + ",'" + name + "':61}"), version);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aLevelIsNotRaisedAboveTheSender(RoomVersion version) {
        for (String name : LEVELS) {
            TestRoom room = room(version, "{'" + name + "':60,'users':{'" + BOB + "':60}}");
            TestRoom silent = room(version, "{'users':{'" + BOB + "':60}}");
            String users = "'users':{'" + BOB + "':60}";

            assertDenied(propose(room, "{" + users + ",'" + name + "':61}"), version, "9.5.2");
            assertDenied(propose(silent, "{" + users + ",'" + name + "':61}"), version, "9.5.2");
            assertAllowed(propose(silent, "{" + users + ",'" + name + "':60}"), version);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anEntryOfATypeAboveTheSenderIsNotChanged(RoomVersion version) {
        for (String name : levelsByType(version)) {
            TestRoom room = room(version, "{'" + name + "':{'x':61,'y':60},'users':{'" + BOB + "':60}}");
            String users = "'users':{'" + BOB + "':60}";

            assertDenied(propose(room, "{" + users + ",'" + name + "':{'x':60,'y':60}}"), version, "9.6.1");
            assertDenied(propose(room, "{" + users + ",'" + name + "':{'y':60}}"), version, "9.6.1");
            assertDenied(propose(room, "{" + users + "}"), version, "9.6.1");
            assertAllowed(propose(room, "{" + users + ",'" + name + "':{'x':61}}"), version);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anEntryOfATypeIsNotRaisedAboveTheSender(RoomVersion version) {
        for (String name : levelsByType(version)) {
            TestRoom room = room(version, "{'" + name + "':{'x':60},'users':{'" + BOB + "':60}}");
            String users = "'users':{'" + BOB + "':60}";

            assertDenied(propose(room, "{" + users + ",'" + name + "':{'x':61}}"), version, "9.7.1");
            assertDenied(propose(room, "{" + users + ",'" + name + "':{'x':60,'new':61}}"), version, "9.7.1");
            assertAllowed(propose(room, "{" + users + ",'" + name + "':{'x':60,'new':60}}"), version);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void equalsAreNotLowered(RoomVersion version) {
        String other = "'@x:b.example':60";
        TestRoom room = room(version, "{'users':{'" + BOB + "':60," + other + ",'@y:b.example':59}}");

        assertDenied(propose(room, "{'users':{'" + BOB + "':60,'@x:b.example':0}}"), version, "9.8.1");
        assertDenied(propose(room, "{'users':{'" + BOB + "':60}}"), version, "9.8.1");
        assertAllowed(propose(room, "{'users':{'" + BOB + "':60," + other + ",'@y:b.example':0}}"), version);
        assertAllowed(propose(room, "{'users':{'" + BOB + "':60," + other + "}}"), version);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void oneMayLowerOneself(RoomVersion version) {
        TestRoom room = room(version, "{'users':{'" + BOB + "':60}}");

        assertAllowed(propose(room, "{'users':{'" + BOB + "':0}}"), version);
        assertAllowed(propose(room, "{}"), version);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void nobodyIsRaisedAboveTheSender(RoomVersion version) {
        TestRoom room = room(version, "{'users':{'" + BOB + "':60}}");

        assertDenied(propose(room, "{'users':{'" + BOB + "':61}}"), version, "9.9.1");
        assertDenied(propose(room, "{'users':{'" + BOB + "':60,'@x:b.example':61}}"), version, "9.9.1");
        assertAllowed(propose(room, "{'users':{'" + BOB + "':60,'@x:b.example':60}}"), version);
    }

    @Test
    void creatorsOfVersion12MayDoEverything() {
        TestRoom room = room(RoomVersions.V12, "{'ban':9007199254740991,'users':{'" + BOB + "':9007199254740991}}");

        assertThat(room.check(room.powerLevels(ALICE, "{'ban':0}")).isAllowed()).isTrue();
    }

    private static List<String> levelsByType(RoomVersion version) {
        return version.notificationLevelsChecked() ? List.of("events", "notifications") : List.of("events");
    }

    /** Bob is in a room with these levels. */
    private static TestRoom room(RoomVersion version, String powerLevels) {
        TestRoom room = TestRoom.publicRoom(version);
        String enough = powerLevels.equals("{}") ? "{'users':{'" + BOB + "':60}}" : powerLevels;
        room.powerLevels(ALICE, enough).put();
        room.member(BOB, BOB, "join").put();
        return room;
    }

    private static AuthVerdict propose(TestRoom room, String powerLevels) {
        return room.check(room.powerLevels(BOB, powerLevels));
    }

    private static void assertAllowed(AuthVerdict verdict, RoomVersion version) {
        assertAllowed(verdict, version, "9.10");
    }
}
