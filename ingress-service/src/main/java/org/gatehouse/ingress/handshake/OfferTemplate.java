package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventReferences;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/** Makes the template of a membership event, if the user may have that membership now. */
@ApplicationScoped
class OfferTemplate {

    private final Handshake handshake;
    private final InternalClient services;
    private final Clock clock;

    OfferTemplate(Handshake handshake, InternalClient services, Clock clock) {
        this.handshake = handshake;
        this.services = services;
        this.clock = clock;
    }

    /** The answer to make_join: {@code {"room_version","event"}}. */
    Uni<JsonObject> join(ServerName origin, ServerName destination, String userId, List<String> versions) {
        UserId user = Handshake.ownUser(userId, origin);
        KnownRoom room = handshake.residentRoom(destination);
        requireVersion(room, versions);
        return template(room, user, "join", destination);
    }

    /** The answer to make_leave. */
    Uni<JsonObject> leave(ServerName origin, ServerName destination, String userId) {
        UserId user = Handshake.ownUser(userId, origin);
        return template(handshake.residentRoom(destination), user, "leave", destination);
    }

    private static void requireVersion(KnownRoom room, List<String> versions) {
        String version = room.facts().roomVersion();
        if (!versions.contains(version)) {
            throw new MatrixError(
                    400,
                    "M_INCOMPATIBLE_ROOM_VERSION",
                    "the room has version " + version,
                    JsonObject.EMPTY.with("room_version", version));
        }
    }

    private Uni<JsonObject> template(KnownRoom room, UserId user, String membership, ServerName origin) {
        JsonObject content = JsonObject.EMPTY.with("membership", membership);
        JsonObject wanted = JsonObject.EMPTY
                .with("sender", user.toString())
                .with("type", "m.room.member")
                .with("state_key", user.toString())
                .with("content", content);
        String roomId = room.facts().roomId().toString();
        return services.call(InternalCall.to(InternalOperation.EVENT_TEMPLATE, roomId)
                        .body(wanted))
                .map(answer -> answer.requireOk().json())
                .map(facts -> answer(facts, wanted.with("room_id", roomId), origin));
    }

    private JsonObject answer(JsonObject facts, JsonObject event, ServerName origin) {
        if (!facts.bool("allowed").orElse(false)) {
            throw new MatrixError(403, "M_FORBIDDEN", facts.string("reason").orElse("not allowed"));
        }
        RoomVersion version = RoomVersions.require(facts.string("room_version").orElseThrow());
        JsonObject template = event.with("prev_events", references(version, facts, "prev_events"))
                .with("auth_events", references(version, facts, "auth_events"))
                .with("depth", facts.integer("depth").orElseThrow())
                .with("origin", origin.toString())
                .with("origin_server_ts", clock.millis());
        return JsonObject.EMPTY.with("room_version", version.id()).with("event", template);
    }

    /** As the room version writes them: among ourselves they are IDs alone. */
    private static JsonArray references(RoomVersion version, JsonObject facts, String name) {
        List<EventId> ids = facts.array(name).orElseThrow().strings().stream()
                .map(EventId::new)
                .toList();
        return EventReferences.write(version, ids, Map.of());
    }
}
