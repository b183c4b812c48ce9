package org.gatehouse.stateresolution.admin;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.stateresolution.room.Room;
import org.gatehouse.stateresolution.room.Rooms;
import org.gatehouse.stateresolution.room.Rooms.RoomBusy;

/** A room's current state and forward extremities, for operators. No content of events is shown. */
@Singleton
class AdminRoutes {

    private static final long PATIENCE_MILLIS = 5_000;

    private final Rooms rooms;

    AdminRoutes(Rooms rooms) {
        this.rooms = rooms;
    }

    void register(@Observes ManagementInterface management) {
        management
                .router()
                .get("/admin/v1/rooms/:roomId/state")
                .blockingHandler(context -> answer(context, AdminRoutes::state), false);
        management
                .router()
                .get("/admin/v1/rooms/:roomId/extremities")
                .blockingHandler(context -> answer(context, AdminRoutes::extremities), false);
    }

    private void answer(RoutingContext context, Function<Room, JsonObject> question) {
        Optional<JsonObject> answer;
        try {
            answer = RoomId.tryParse(context.pathParam("roomId"))
                    .flatMap(id ->
                            rooms.read(id, PATIENCE_MILLIS, room -> known(room).map(question)));
        } catch (RoomBusy busy) {
            MatrixResponses.send(context, 503, "M_UNKNOWN", "The room is busy");
            return;
        }
        if (answer.isEmpty()) {
            MatrixResponses.send(context, 404, "M_NOT_FOUND", "Not found");
        } else {
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(Buffer.buffer(CanonicalJson.write(answer.get())));
        }
    }

    private static Optional<Room> known(Room room) {
        return room.head().hasState() ? Optional.of(room) : Optional.empty();
    }

    private static JsonObject state(Room room) {
        List<JsonObject> entries = new ArrayList<>();
        room.currentState()
                .forEach((key, eventId) -> entries.add(JsonObject.builder()
                        .put("type", key.type())
                        .put("state_key", key.stateKey())
                        .put("event_id", eventId.value())
                        .build()));
        return about(room).put("state", JsonArray.of(entries)).build();
    }

    private static JsonObject extremities(Room room) {
        List<JsonObject> extremities = room.head().extremities().stream()
                .map(extremity -> JsonObject.builder()
                        .put("event_id", extremity.eventId().value())
                        .put("depth", extremity.depth())
                        .put("state_version", extremity.stateAfter())
                        .build())
                .toList();
        return about(room).put("extremities", JsonArray.of(extremities)).build();
    }

    private static JsonObject.Builder about(Room room) {
        return JsonObject.builder()
                .put("room_id", room.id().value())
                .put("room_version", room.version().id())
                .put("offset", room.head().offset())
                .put("state_version", room.head().current());
    }
}
