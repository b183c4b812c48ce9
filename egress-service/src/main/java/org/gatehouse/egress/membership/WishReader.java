package org.gatehouse.egress.membership;

import java.util.List;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.http.MatrixError;

/** Reads the fields of an internal call's body; each missing or malformed one ends the call with a 400. */
public record WishReader(JsonObject json) {

    private static final Set<String> MEMBERSHIPS = Set.of("join", "leave", "knock");

    public String text(String field) {
        return json.string(field).orElseThrow(() -> MatrixError.missingParam(field));
    }

    public ServerName server(String field) {
        return ServerName.tryParse(text(field)).orElseThrow(() -> MatrixError.invalidParam(field));
    }

    public RoomId room() {
        return RoomId.tryParse(text("room_id")).orElseThrow(() -> MatrixError.invalidParam("room_id"));
    }

    UserId user(String field) {
        return UserId.tryParse(text(field)).orElseThrow(() -> MatrixError.invalidParam(field));
    }

    String membership() {
        String membership = text("membership");
        if (!MEMBERSHIPS.contains(membership)) {
            throw MatrixError.invalidParam("membership");
        }
        return membership;
    }

    public RoomVersion roomVersion() {
        return RoomVersions.find(text("room_version"))
                .orElseThrow(() -> new MatrixError(400, "M_UNSUPPORTED_ROOM_VERSION", "room_version"));
    }

    public JsonObject event() {
        return json.object("event").orElseThrow(() -> MatrixError.missingParam("event"));
    }

    List<String> texts(String field) {
        return json.array(field).map(JsonArray::strings).orElse(List.of());
    }
}
