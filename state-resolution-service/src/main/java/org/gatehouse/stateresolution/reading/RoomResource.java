package org.gatehouse.stateresolution.reading;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;
import org.jspecify.annotations.Nullable;

/** The questions of our own services about a room. On worker threads. */
@Path("/internal/rooms/{roomId}")
class RoomResource {

    private final ReadRoom readRoom;

    RoomResource(ReadRoom readRoom) {
        this.readRoom = readRoom;
    }

    @POST
    @Path("/template")
    @Internal(InternalOperation.EVENT_TEMPLATE)
    public Response template(@PathParam("roomId") String roomId, byte[] body) {
        JsonObject wish = object(body);
        return readRoom.answerObject(roomId, room -> EventTemplate.of(room, wish));
    }

    @GET
    @Path("/state")
    @Internal(InternalOperation.ROOM_STATE)
    public Response state(
            @PathParam("roomId") String roomId,
            @QueryParam("event_id") @Nullable String eventId,
            @QueryParam("type") @Nullable String type,
            @QueryParam("state_key") @Nullable String stateKey) {
        return readRoom.answer(
                roomId,
                room -> RoomState.of(
                        room, Optional.ofNullable(eventId), Optional.ofNullable(type), Optional.ofNullable(stateKey)));
    }

    @GET
    @Path("/join-state")
    @Internal(InternalOperation.JOIN_STATE)
    public Response joinState(@PathParam("roomId") String roomId, @QueryParam("event_id") @Nullable String eventId) {
        if (eventId == null) {
            throw MatrixError.missingParam("event_id is missing");
        }
        return readRoom.answer(roomId, room -> StateForServers.joinState(room, eventId));
    }

    @POST
    @Path("/visibility")
    @Internal(InternalOperation.VISIBILITY)
    public Response visibility(@PathParam("roomId") String roomId, byte[] body) {
        JsonObject question = object(body);
        ServerName server = question.string("server")
                .flatMap(ServerName::tryParse)
                .orElseThrow(() -> MatrixError.invalidParam("server is no server name"));
        List<String> eventIds =
                question.array("event_ids").map(JsonArray::strings).orElse(List.of());
        return readRoom.answerObject(roomId, room -> Visibility.of(room, server, eventIds));
    }

    private static JsonObject object(byte[] body) {
        try {
            return StrictJson.parseObject(body);
        } catch (MalformedJson e) {
            throw new MatrixError(400, e.errcode(), "The body is not a JSON object");
        }
    }
}
