package org.gatehouse.matrix.stateres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;
import static org.gatehouse.matrix.authrule.TestRoom.BOB;

import java.util.List;
import org.gatehouse.matrix.authrule.AuthSlots;
import org.gatehouse.matrix.authrule.TestRoom;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuthChainsTest {

    static List<RoomVersion> versions() {
        return RoomVersions.supported();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void goesBackToTheCreateEvent(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu create = room.current(AuthSlots.CREATE).orElseThrow();
        Pdu alice = room.current(AuthSlots.member(new UserId(ALICE))).orElseThrow();
        Pdu levels = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
        Pdu joinRules = room.current(AuthSlots.JOIN_RULES).orElseThrow();
        Pdu bob = room.member(BOB, BOB, "join").put();

        assertThat(AuthChains.of(List.of(bob.eventId()), room))
                .containsExactlyInAnyOrder(create.eventId(), alice.eventId(), levels.eventId(), joinRules.eventId());
        assertThat(AuthChains.of(List.of(alice.eventId()), room)).containsExactly(create.eventId());
        assertThat(AuthChains.of(List.of(create.eventId()), room)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void holdsAnAskedEventOnlyIfAnotherLeadsToIt(RoomVersion version) {
        TestRoom room = TestRoom.publicRoom(version);
        Pdu levels = room.current(AuthSlots.POWER_LEVELS).orElseThrow();
        Pdu topic = room.topic(ALICE, "t").put();

        assertThat(AuthChains.of(List.of(topic.eventId(), levels.eventId()), room))
                .contains(levels.eventId())
                .doesNotContain(topic.eventId());
    }
}
