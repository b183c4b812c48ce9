package org.gatehouse.stateresolution.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.stateresolution.room.Room;

/** A room's state for our own services: now, or before an event; all of it, or one type or slot. */
final class RoomState {

    private RoomState() {}

    static byte[] of(Room room, Optional<String> eventId, Optional<String> type, Optional<String> stateKey) {
        StateMap state = eventId.map(id -> before(room, id)).orElseGet(room::currentState);
        List<EventId> wanted = new ArrayList<>();
        state.forEach((key, event) -> {
            boolean matches = type.map(key.type()::equals).orElse(true)
                    && stateKey.map(key.stateKey()::equals).orElse(true);
            if (matches) {
                wanted.add(event);
            }
        });
        return new JsonAnswer()
                .putNamedPdus("events", room, wanted)
                .putStrings("joined_servers", room.joinedServers().in(state).keySet())
                .put("room_version", room.version().id())
                .bytes();
    }

    private static StateMap before(Room room, String eventId) {
        return room.state(
                ReadRoom.judged(room, eventId).orElseThrow(ReadRoom::notFound).stateBefore());
    }
}
