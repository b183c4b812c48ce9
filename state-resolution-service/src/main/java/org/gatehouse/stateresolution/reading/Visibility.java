package org.gatehouse.stateresolution.reading;

import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.stateresolution.room.JudgedRow;
import org.gatehouse.stateresolution.room.Membership;
import org.gatehouse.stateresolution.room.Room;

/**
 * Which events a server may see (Server-Server API, "Backfilling and retrieving missing events"; Client-Server API,
 * "Room History Visibility"). A server that is or was in the room gets what it may not see in redacted form.
 */
final class Visibility {

    private static final StateKey HISTORY_VISIBILITY = new StateKey(EventTypes.HISTORY_VISIBILITY, "");

    private final Room room;
    private final ServerName server;
    private final boolean isInRoom;
    private final long leftAt;

    private Visibility(Room room, ServerName server) {
        this.room = room;
        this.server = server;
        this.isInRoom = room.isJoined(room.currentState(), server);
        this.leftAt = isInRoom ? Long.MAX_VALUE : lastLeave();
    }

    static JsonObject of(Room room, ServerName server, List<String> eventIds) {
        Visibility visibility = new Visibility(room, server);
        JsonObject.Builder events = JsonObject.builder();
        eventIds.forEach(eventId -> events.put(
                eventId, ReadRoom.judged(room, eventId).map(visibility::ofEvent).orElse("denied")));
        return JsonObject.builder()
                .put("in_room", visibility.isInRoom)
                .put("events", events.build())
                .build();
    }

    private String ofEvent(JudgedRow row) {
        if (row.verdict() == Verdict.REJECTED) {
            return "denied";
        }
        StateMap before = room.state(row.stateBefore());
        StateMap after = room.state(row.stateAfter());
        if (isVisible(row, before) || isVisible(row, after)) {
            return "visible";
        }
        boolean wasThere = isInRoom || leftAt >= 0 || room.isJoined(before, server) || room.isJoined(after, server);
        return wasThere ? "redacted" : "denied";
    }

    private boolean isVisible(JudgedRow row, StateMap state) {
        boolean wasJoined = room.isJoined(state, server);
        switch (historyVisibility(state)) {
            case "joined":
                return wasJoined;
            case "invited":
                return wasJoined || wasInvited(state);
            default:
                // world_readable and shared, and what no specification knows: as if the room had said nothing.
                return wasJoined || row.ordinal() <= leftAt;
        }
    }

    private String historyVisibility(StateMap state) {
        return room.event(state, HISTORY_VISIBILITY)
                .flatMap(event -> event.content().string("history_visibility"))
                .orElse("shared");
    }

    private boolean wasInvited(StateMap state) {
        boolean[] found = {false};
        state.forEach((key, eventId) -> found[0] |= isMember(key) && membership(eventId) == Membership.INVITE);
        return found[0];
    }

    /** The ordinal of the last event by which a user of the server left a room that it was joined to; -1 if none. */
    private long lastLeave() {
        long[] last = {-1};
        room.currentState().forEach((key, eventId) -> {
            if (isMember(key) && isGone(membership(eventId))) {
                last[0] = Math.max(last[0], leave(key, eventId).orElse(-1L));
            }
        });
        return last[0];
    }

    private Optional<Long> leave(StateKey key, EventId eventId) {
        return room.judged(eventId)
                .filter(row -> room.membership(room.state(row.stateBefore()), key.stateKey()) == Membership.JOIN)
                .map(JudgedRow::ordinal);
    }

    private boolean isMember(StateKey key) {
        return key.type().equals(EventTypes.MEMBER)
                && UserId.tryParse(key.stateKey())
                        .filter(user -> user.serverName().equals(server))
                        .isPresent();
    }

    private Membership membership(EventId eventId) {
        return room.authEvents().membership(eventId);
    }

    private static boolean isGone(Membership membership) {
        return membership == Membership.LEAVE || membership == Membership.BAN;
    }
}
