package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.CHARLIE;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PowerLevelsTest extends RuleTest {
    private static final UserId ALICE_ID = new UserId(ALICE);
    private static final UserId BOB_ID = new UserId(BOB);

    @ParameterizedTest
    @MethodSource("versions")
    void hasDefaultsWithoutAnEvent(RoomVersion version) {
        Pdu create = new TestRoom(version).putCreate("{}");

        PowerLevels levels = PowerLevels.of(version, create, Optional.empty());

        assertThat(levels.userLevel(ALICE_ID)).isEqualTo(version.privilegedCreators() ? PowerLevels.INFINITE : 100);
        assertThat(levels.userLevel(BOB_ID)).isZero();
        assertDefaults(levels);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void hasDefaultsWhereTheEventIsSilent(RoomVersion version) {
        TestRoom room = new TestRoom(version);
        Pdu create = room.putCreate("{}");
        Pdu silent = room.powerLevels(ALICE, "{}").put();

        PowerLevels levels = PowerLevels.of(version, create, Optional.of(silent));

        assertThat(levels.userLevel(ALICE_ID)).isEqualTo(version.privilegedCreators() ? PowerLevels.INFINITE : 0);
        assertDefaults(levels);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void readsTheEvent(RoomVersion version) {
        TestRoom room = new TestRoom(version);
        Pdu create = room.putCreate("{}");
        Pdu event = room.powerLevels(
                        ALICE,
                        "{'users':{'@bob:b.example':-5},'users_default':1,'events':{'org.a':2},'events_default':3,"
                                + "'state_default':4,'kick':5,'ban':6,'redact':7,'invite':8}")
                .put();

        PowerLevels levels = PowerLevels.of(version, create, Optional.of(event));

        assertThat(levels.userLevel(BOB_ID)).isEqualTo(-5);
        assertThat(levels.userLevel(new UserId(CHARLIE))).isEqualTo(1);
        assertThat(levels.required("org.a", true)).isEqualTo(2);
        assertThat(levels.required("org.a", false)).isEqualTo(2);
        assertThat(levels.required("org.b", false)).isEqualTo(3);
        assertThat(levels.required("org.b", true)).isEqualTo(4);
        assertThat(List.of(levels.kick(), levels.ban(), levels.redact(), levels.invite()))
                .containsExactly(5L, 6L, 7L, 8L);
    }

    @Test
    void creatorsOfVersion12AreAboveWhatTheEventSays() {
        TestRoom room = new TestRoom(RoomVersions.V12);
        Pdu create = room.putCreate("{'additional_creators':['" + BOB + "']}");
        Pdu event = room.powerLevels(ALICE, "{'users':{'" + ALICE + "':0,'" + BOB + "':0}}")
                .put();

        PowerLevels levels = PowerLevels.of(RoomVersions.V12, create, Optional.of(event));

        assertThat(levels.userLevel(ALICE_ID)).isEqualTo(PowerLevels.INFINITE);
        assertThat(levels.userLevel(BOB_ID)).isEqualTo(PowerLevels.INFINITE);
    }

    @Test
    void takesTheCreatorOfVersion10FromTheContent() {
        TestRoom room = new TestRoom(RoomVersions.V10);
        Pdu create = room.create("{}").content("{'creator':'" + BOB + "'}").put();

        PowerLevels levels = PowerLevels.of(RoomVersions.V10, create, Optional.empty());

        assertThat(levels.userLevel(BOB_ID)).isEqualTo(100);
        assertThat(levels.userLevel(ALICE_ID)).isZero();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void findsItsEventsAmongAuthEvents(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        Pdu event = room.powerLevels(ALICE, "{'users':{'" + BOB + "':7}}").put();
        Pdu other = room.draft(ALICE, "m.room.power_levels").key("x").put();
        Pdu member = room.current(AuthSlots.member(ALICE)).orElseThrow();

        assertThat(PowerLevels.ofAuthEvents(version, List.of(member, event, create, other))
                        .userLevel(BOB_ID))
                .isEqualTo(7);
        assertThat(PowerLevels.ofAuthEvents(version, List.of(create)).userLevel(ALICE_ID))
                .isGreaterThanOrEqualTo(100);
        assertThat(PowerLevels.ofAuthEvents(version, List.of()).userLevel(ALICE_ID))
                .isZero();
    }

    private static void assertDefaults(PowerLevels levels) {
        assertThat(levels.required("org.example", true)).isEqualTo(50);
        assertThat(levels.required("org.example", false)).isZero();
        assertThat(List.of(levels.kick(), levels.ban(), levels.redact(), levels.invite()))
                .containsExactly(50L, 50L, 50L, 0L);
    }
}
