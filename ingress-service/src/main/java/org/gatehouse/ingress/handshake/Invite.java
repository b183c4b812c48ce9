package org.gatehouse.ingress.handshake;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.roomversion.EventIdFormat;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.http.MatrixError;

/**
 * What an inviter sends, in either of its two forms. Nothing in it is verified yet.
 *
 * @param roomState what the inviter shows of the room
 */
record Invite(RoomVersion version, JsonObject event, JsonArray roomState) {

    private static final String ROOM_STATE = "invite_room_state";

    /** The body of {@code PUT /v2/invite}: {@code {"room_version","event","invite_room_state"}}. */
    static Invite read(JsonObject body) {
        String version = body.string("room_version").orElseThrow(() -> Handshake.invalid("room_version is missing"));
        return new Invite(
                supported(version),
                body.object("event").orElseThrow(() -> Handshake.invalid("event is missing")),
                body.array(ROOM_STATE).orElse(JsonArray.EMPTY));
    }

    /**
     * The body of {@code PUT /v1/invite}: the event itself, with the room's state in its {@code unsigned}. It says no
     * version: events of rooms 1 and 2 look the same, and the create event tells which it is.
     *
     * @param known the room's version, if we know the room
     */
    static Invite readOfOld(JsonObject body, Optional<String> known) {
        JsonObject unsigned = body.object("unsigned").orElse(JsonObject.EMPTY);
        JsonArray roomState = unsigned.array(ROOM_STATE).orElse(JsonArray.EMPTY);
        RoomVersion version = supported(known.or(() -> versionIn(roomState)).orElse("1"));
        if (version.eventIdFormat() != EventIdFormat.FIELD) {
            throw incompatible(version.id(), "rooms of version " + version.id() + " need v2 of this request");
        }
        JsonObject event = unsigned.has(ROOM_STATE) ? body.with("unsigned", unsigned.without(ROOM_STATE)) : body;
        return new Invite(version, event, roomState);
    }

    private static Optional<String> versionIn(JsonArray roomState) {
        return roomState.values().stream()
                .flatMap(entry -> entry.asObject().stream())
                .filter(entry ->
                        entry.string("type").filter("m.room.create"::equals).isPresent())
                .flatMap(create -> create.object("content").stream())
                .flatMap(content -> content.string("room_version").stream())
                .findFirst();
    }

    private static RoomVersion supported(String version) {
        return RoomVersions.findSupported(version)
                .orElseThrow(() -> incompatible(version, "this server does not know room version " + version));
    }

    private static MatrixError incompatible(String version, String text) {
        return new MatrixError(
                400, "M_INCOMPATIBLE_ROOM_VERSION", text, JsonObject.EMPTY.with("room_version", version));
    }
}
