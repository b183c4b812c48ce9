package org.gatehouse.stateresolution.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.stateres.StateMap;
import org.junit.jupiter.api.Test;

class StateVersionsTest {

    private static final RoomId ROOM = new RoomId("!room:a.example");

    private final InMemoryRoomRows rows = new InMemoryRoomRows();

    @Test
    void readsBackEveryVersionOfALongHistory() {
        StateVersions versions = versions(0);
        SortedMap<Long, StateMap> states = new TreeMap<>();
        long last = 0;
        StateMap state = StateMap.EMPTY;
        RoomWrites writes = new RoomWrites();
        for (int i = 0; i < 3000; i++) {
            StateKey key = new StateKey("m.test", Integer.toString(i % 700));
            state = i % 10 == 9 ? state.without(key) : state.with(key, eventId(i));
            last = versions.versionOf(state, List.of(last), i, writes);
            states.put(last, state);
        }
        rows.write(ROOM, writes);
        assertThat(writes.snapshots()).isNotEmpty();

        StateVersions cold = versions(last);

        for (long version = last; version > 0; version -= 37) {
            assertThat(cold.state(version)).isEqualTo(states.get(version));
        }
        assertThat(versions(last).state(1025)).isEqualTo(states.get(1025L));
    }

    @Test
    void givesAStateThatIsOneOfTheBasesNoNewVersion() {
        StateVersions versions = versions(0);
        StateMap state = StateMap.EMPTY.with(StateKey.of("m.test"), eventId(1));
        long first = versions.versionOf(state, List.of(0L), 1, new RoomWrites());

        long again = versions.versionOf(
                StateMap.EMPTY.with(StateKey.of("m.test"), eventId(1)), List.of(0L, first), 2, new RoomWrites());

        assertThat(again).isEqualTo(first);
        assertThat(versions.versionOf(StateMap.EMPTY, List.of(first, 0L), 3, new RoomWrites()))
                .isZero();
    }

    @Test
    void writesAWholeStateAsASnapshotInChunks() {
        StateVersions versions = versions(0);
        StateMap state = StateMap.EMPTY;
        for (int i = 0; i < 5000; i++) {
            state = state.with(new StateKey("m.test", Integer.toString(i)), eventId(i));
        }
        RoomWrites writes = new RoomWrites();

        long version = versions.versionOf(state, List.of(0L), 1, writes);
        rows.write(ROOM, writes);

        assertThat(writes.versions().get(0).changes()).isEmpty();
        assertThat(writes.snapshots()).hasSizeGreaterThan(3);
        assertThat(writes.snapshots()).allMatch(chunk -> StateEntries.write(chunk.entries()).length < 80_000);
        assertThat(versions(1).state(version)).isEqualTo(state);
    }

    @Test
    void noticesALostRow() {
        StateVersions versions = versions(0);
        RoomWrites writes = new RoomWrites();
        StateMap one = StateMap.EMPTY.with(StateKey.of("m.one"), eventId(1));
        versions.versionOf(one, List.of(0L), 1, writes);
        versions.versionOf(one.with(StateKey.of("m.two"), eventId(2)), List.of(1L), 2, writes);
        rows.write(ROOM, writes);

        rows.lose("version " + ROOM + " 1");

        assertThatThrownBy(() -> versions(2).state(2)).isInstanceOf(CorruptRoom.class);
    }

    private StateVersions versions(long last) {
        AuthEvents authEvents = new AuthEvents(ROOM, RoomVersions.V11, rows, 100, 1_000_000);
        // Events without bytes: what they say of members is known.
        for (int i = 0; i < 5000; i++) {
            authEvents.learnMembership(eventId(i), Membership.NONE);
        }
        return new StateVersions(ROOM, rows, authEvents, 100, last);
    }

    private static EventId eventId(int number) {
        return new EventId("$" + "event-%038d".formatted(number));
    }
}
