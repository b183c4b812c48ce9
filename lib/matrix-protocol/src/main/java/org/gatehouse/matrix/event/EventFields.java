package org.gatehouse.matrix.event;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/** The identifiers in an event, each read when first asked for, and once. For one thread. */
public final class EventFields {

    private final RoomVersion version;
    private final JsonObject event;

    private @Nullable Optional<UserId> sender;
    private @Nullable Optional<RoomId> roomId;
    private @Nullable Optional<List<EventId>> prevEvents;
    private @Nullable Optional<List<EventId>> authEvents;

    EventFields(RoomVersion version, JsonObject event) {
        this.version = version;
        this.event = event;
    }

    /** The {@code sender}, if it is a user ID. */
    public Optional<UserId> sender() {
        Optional<UserId> read = sender;
        if (read == null) {
            read = event.string("sender").flatMap(UserId::tryParse);
            sender = read;
        }
        return read;
    }

    /** The {@code room_id}, if it is a room ID. */
    public Optional<RoomId> roomId() {
        Optional<RoomId> read = roomId;
        if (read == null) {
            read = event.string("room_id").flatMap(RoomId::tryParse);
            roomId = read;
        }
        return read;
    }

    /** The events in {@code prev_events}, if all entries have the form that the room version asks for. */
    public Optional<List<EventId>> prevEvents() {
        Optional<List<EventId>> read = prevEvents;
        if (read == null) {
            read = EventReferences.read(version, event, "prev_events");
            prevEvents = read;
        }
        return read;
    }

    /** As {@link #prevEvents}, of {@code auth_events}. */
    public Optional<List<EventId>> authEvents() {
        Optional<List<EventId>> read = authEvents;
        if (read == null) {
            read = EventReferences.read(version, event, "auth_events");
            authEvents = read;
        }
        return read;
    }
}
