package org.gatehouse.ingress.handshake;

import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * Reads {@code invite_room_state}: what an inviter shows of a room. Entries that clients could not use are left out;
 * more than a client would ever look at is refused.
 */
final class InviteRoomState {

    private static final int MAX_ENTRIES = 200;
    private static final int MAX_BYTES = 1 << 20;

    private InviteRoomState() {}

    /**
     * The entries, with the four members that clients get: content, sender, state_key and type. In a room whose ID is
     * the hash of its create event, the create event must be there and hash to the room ID.
     */
    static List<JsonObject> read(JsonArray state, RoomVersion version, RoomId roomId) {
        List<JsonValue> given = state.values();
        if (given.size() > MAX_ENTRIES) {
            throw Handshake.invalid("invite_room_state has more than " + MAX_ENTRIES + " entries");
        }
        if (CanonicalJson.write(state).length > MAX_BYTES) {
            throw Handshake.invalid("invite_room_state is too large");
        }
        if (version.roomIdIsCreateHash()) {
            requireCreate(given, version, roomId);
        }
        List<JsonObject> stripped = new ArrayList<>();
        for (JsonValue entry : given) {
            if (entry instanceof JsonObject event && entry.defect().isEmpty() && isUsable(event)) {
                stripped.add(strip(event));
            }
        }
        return stripped;
    }

    private static void requireCreate(List<JsonValue> given, RoomVersion version, RoomId roomId) {
        boolean there = given.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(event ->
                        event.string("type").filter("m.room.create"::equals).isPresent())
                .flatMap(event -> new UnverifiedPdu(version, event).eventId().stream())
                .anyMatch(id ->
                        id.toString().substring(1).equals(roomId.toString().substring(1)));
        if (!there) {
            throw Handshake.invalid("invite_room_state lacks the room's create event");
        }
    }

    private static boolean isUsable(JsonObject event) {
        return event.string("type").isPresent()
                && event.string("state_key").isPresent()
                && event.string("sender").isPresent()
                && event.object("content").isPresent();
    }

    private static JsonObject strip(JsonObject event) {
        return JsonObject.EMPTY
                .with("type", event.string("type").orElseThrow())
                .with("state_key", event.string("state_key").orElseThrow())
                .with("sender", event.string("sender").orElseThrow())
                .with("content", event.object("content").orElseThrow());
    }
}
