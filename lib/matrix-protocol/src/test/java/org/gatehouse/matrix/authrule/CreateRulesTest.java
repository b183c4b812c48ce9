package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;

import java.util.List;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.roomversion.CreatorRule;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 1 of every version. */
class CreateRulesTest extends RuleTest {

    @ParameterizedTest
    @CsvSource({"10, v10/1.5", "11, v11/1.4", "12, v12/1.5"})
    void allowsAProperCreateEvent(String version, String rule) {
        TestRoom room = new TestRoom(RoomVersions.require(version));

        AuthVerdict verdict = room.check(room.create("{}"));

        assertThat(verdict).isEqualTo(new AuthVerdict.Allowed(rule, List.of()));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void refusesPreviousEvents(RoomVersion version) {
        TestRoom room = new TestRoom(version);
        Pdu parent = room.message(BOB).add();

        AuthVerdict verdict = room.check(room.create("{}").prev(parent));

        assertThat(verdict.rule()).isEqualTo("v" + version + "/1.1");
        assertThat(verdict.isAllowed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11"})
    void refusesARoomIdOfAnotherServer(String id) {
        RoomVersion version = RoomVersions.require(id);
        TestRoom room = new TestRoom(version);
        Pdu byBob = room.draft(BOB, "m.room.create")
                .key("")
                .content("{'creator':'" + BOB + "'}")
                .prev()
                .auth()
                .build();

        AuthVerdict verdict = AuthRules.check(byBob, room::current);

        assertThat(verdict.rule()).isEqualTo("v" + id + "/1.2");
        assertThat(verdict.isAllowed()).isFalse();
    }

    @Test
    void refusesARoomIdInVersion12() {
        TestRoom room = new TestRoom(RoomVersions.V12);

        AuthVerdict verdict = room.check(room.create("{}").field("room_id", "!room:a.example"));

        assertThat(verdict.rule()).isEqualTo("v12/1.2");
        assertThat(verdict.isAllowed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void refusesAnUnknownRoomVersion(RoomVersion version) {
        TestRoom room = new TestRoom(version);

        AuthVerdict unknown = room.check(
                room.create("{}").content("{'creator':'@alice:a.example','room_version':'org.example.moon'}"));
        AuthVerdict noString =
                room.check(room.create("{}").content("{'creator':'@alice:a.example','room_version':11}"));
        AuthVerdict absent = room.check(room.create("{}").content("{'creator':'@alice:a.example'}"));

        assertThat(unknown.rule()).isEqualTo("v" + version + "/1.3");
        assertThat(unknown.isAllowed()).isFalse();
        assertThat(noString.rule()).isEqualTo("v" + version + "/1.3");
        assertThat(absent.isAllowed()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void wantsACreatorUntilVersion10(RoomVersion version) {
        TestRoom room = new TestRoom(version);

        AuthVerdict verdict = room.check(room.create("{}").content("{}"));

        assertThat(verdict.isAllowed()).isEqualTo(version.creatorRule() != CreatorRule.CONTENT);
        assertThat(verdict.rule())
                .isEqualTo(SpecRules.verdict(version, verdict.isAllowed() ? "create-otherwise" : "create-creator"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "{}", "[5]", "['alice']", "['@bob:b.example', null]", "null"})
    void refusesAdditionalCreatorsThatAreNoUsers(String additional) {
        TestRoom room = new TestRoom(RoomVersions.V12);

        AuthVerdict verdict = room.check(room.create("{'additional_creators':" + additional + "}"));

        assertThat(verdict.rule()).isEqualTo("v12/1.4");
        assertThat(verdict.isAllowed()).isFalse();
    }

    @Test
    void takesAdditionalCreatorsThatAreUsers() {
        TestRoom room = new TestRoom(RoomVersions.V12);

        AuthVerdict verdict = room.check(room.create("{'additional_creators':['@bob:b.example','@Old ID:b.example']}"));

        assertThat(verdict.isAllowed()).isTrue();
    }

    @Test
    void doesNotLookAtWhatNoRuleReads() {
        TestRoom room = new TestRoom(RoomVersions.V11);

        AuthVerdict verdict =
                room.check(room.create("{'predecessor':'a string','additional_creators':5,'m.federate':'x'}"));

        assertThat(verdict.isAllowed()).isTrue();
    }
}
