package org.gatehouse.matrix.stateres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gatehouse.matrix.authrule.TestRoom.ALICE;

import java.util.List;
import org.gatehouse.matrix.authrule.TestRoom;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConflictedStateTest {
    private static final StateKey TOPIC = StateKey.of("m.room.topic");
    private static final StateKey NAME = StateKey.of("m.room.name");

    private final TestRoom room = TestRoom.publicRoom(RoomVersions.V11);
    private final RoomAuthGraph graph = RoomAuthGraph.of(RoomVersions.V11);
    private Pdu one;
    private Pdu other;
    private Pdu message;

    @BeforeEach
    void aRoomWithTwoTopicsAndAMessage() {
        one = room.topic(ALICE, "one").add();
        other = room.topic(ALICE, "other").add();
        message = room.message(ALICE).add();
        graph.addWithChains(List.of(one.eventId(), other.eventId(), message.eventId()), room);
    }

    @Test
    void keepsTheEntriesOfTheStates() {
        StateMap first = state(TOPIC, one);
        StateMap second = state(TOPIC, other);

        ConflictedState conflict = ConflictedState.of(List.of(first, second), graph);

        int slot = graph.slotNumber(TOPIC);
        assertThat(conflict.entryOf(number(one))).isNotNull().isSameAs(graph.entry(first, slot));
        assertThat(conflict.entryOf(number(other))).isNotNull().isSameAs(graph.entry(second, slot));
        assertThat(conflict.entryOf(number(message))).isNull();
    }

    @Test
    void theSlotIsTheOneInTheState() {
        StateMap misplaced = state(NAME, one).with(TOPIC, message.eventId());

        ConflictedState conflict = ConflictedState.of(List.of(StateMap.EMPTY, misplaced), graph);

        assertThat(conflict.size()).isEqualTo(2);
        assertThat(conflict.isConflicted(graph.slotNumber(NAME))).isTrue();
        assertThat(conflict.isConflicted(graph.slotNumber(TOPIC))).isTrue();
        for (int i = 0; i < 2; i++) {
            boolean isName = conflict.slot(i) == graph.slotNumber(NAME);
            assertThat(conflict.eventIn(0, i)).isEqualTo(RoomAuthGraph.NONE);
            assertThat(conflict.eventIn(1, i)).isEqualTo(number(isName ? one : message));
        }
    }

    /** The resolved state is made from the nearest one, so that it shares the most with it; of several the first. */
    @Test
    void findsTheNearestState() {
        StateMap both = state(TOPIC, one).with(NAME, one.eventId());
        ConflictedState conflict = ConflictedState.of(
                List.of(StateMap.EMPTY, state(TOPIC, one), both, state(NAME, one), state(TOPIC, other)), graph);
        int topic = conflict.slot(0) == graph.slotNumber(TOPIC) ? 0 : 1;

        assertThat(conflict.nearest(resolved(topic, number(one), number(one)))).isEqualTo(2);
        assertThat(conflict.nearest(resolved(topic, number(one), RoomAuthGraph.NONE)))
                .isEqualTo(1);
        assertThat(conflict.nearest(resolved(topic, RoomAuthGraph.NONE, number(one))))
                .isEqualTo(3);
        assertThat(conflict.nearest(resolved(topic, RoomAuthGraph.NONE, number(other))))
                .isZero();
        assertThat(conflict.nearest(resolved(topic, number(other), number(one))))
                .isEqualTo(2);
    }

    private static int[] resolved(int topicConflict, int topic, int name) {
        return topicConflict == 0 ? new int[] {topic, name} : new int[] {name, topic};
    }

    private int number(Pdu event) {
        return graph.number(event.eventId());
    }

    private static StateMap state(StateKey slot, Pdu event) {
        return StateMap.EMPTY.with(slot, event.eventId());
    }
}
