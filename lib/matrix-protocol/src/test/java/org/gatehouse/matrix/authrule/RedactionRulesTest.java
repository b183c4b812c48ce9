package org.gatehouse.matrix.authrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;
import static org.gatehouse.matrix.authrule.TestRoom.json;

import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.Test;

/** Rule 11 of versions 1 and 2. */
class RedactionRulesTest extends RuleTest {

    @Test
    void withoutPowerOneRedactsWhatOnesServerMade() {
        TestRoom room = room();

        assertThat(redact(room, "$x:b.example")).isEqualTo("v1/11.2");
        assertThat(redact(room, "$x:a.example")).isEqualTo("v1/11.3");
        assertThat(redact(room, "$x:B.example")).isEqualTo("v1/11.3");
        assertThat(redact(room, "$x:b.example:8448")).isEqualTo("v1/11.3");
    }

    @Test
    void withoutPowerOneRedactsNothingThatHasNoServer() {
        TestRoom room = room();

        assertThat(redact(room, "$x")).isEqualTo("v1/11.3");
        assertThat(room.check(room.draft(BOB, "m.room.redaction")).rule()).isEqualTo("v1/11.3");
        assertThat(room.check(room.draft(BOB, "m.room.redaction").field("redacts", "x:b.example"))
                        .rule())
                .isEqualTo("v1/11.3");
    }

    @Test
    void theTargetOfOldRedactionsIsNotInTheContent() {
        TestRoom room = room();

        assertThat(room.check(room.draft(BOB, "m.room.redaction").content("{'redacts':'$x:b.example'}"))
                        .rule())
                .isEqualTo("v1/11.3");
    }

    /** Event IDs on paper may lack a server; two that do are not of one server. */
    @Test
    void symbolicIdsAreOfNoServer() {
        TestRoom room = room();
        Pdu redaction = StoredPdus.symbolic(
                RoomVersions.V1,
                new EventId("$redaction"),
                json("{'type':'m.room.redaction','sender':'@bob:b.example','room_id':'!room:a.example','content':{},"
                        + "'redacts':'$target','auth_events':[]}"));

        assertThat(AuthRules.check(redaction, room::current).rule()).isEqualTo("v1/11.3");
    }

    @Test
    void oneNeedsTheLevelOfTheTypeFirst() {
        TestRoom room = room();
        room.powerLevels(ALICE, "{'events_default':10}").put();

        assertThat(redact(room, "$x:b.example")).isEqualTo("v1/8");
    }

    private static TestRoom room() {
        TestRoom room = TestRoom.publicRoom(RoomVersions.V1);
        room.member(BOB, BOB, "join").put();
        return room;
    }

    private static String redact(TestRoom room, String target) {
        return room.check(room.draft(BOB, "m.room.redaction").field("redacts", target))
                .rule();
    }
}
