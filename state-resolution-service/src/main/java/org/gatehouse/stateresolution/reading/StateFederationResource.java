package org.gatehouse.stateresolution.reading;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;
import org.jspecify.annotations.Nullable;

/** The reads that ingress forwards for other servers. On worker threads. */
@Path("/internal/federation")
class StateFederationResource {

    private static final String ORIGIN = "X-Gatehouse-Origin";

    private final ReadRoom readRoom;

    StateFederationResource(ReadRoom readRoom) {
        this.readRoom = readRoom;
    }

    @GET
    @Path("/state/{roomId}")
    @Internal(InternalOperation.STATE_FEDERATION)
    public Response state(
            @PathParam("roomId") String roomId,
            @QueryParam("event_id") @Nullable String eventId,
            @HeaderParam(ORIGIN) @Nullable String origin) {
        ServerName asking = asking(origin);
        String event = required(eventId);
        return readRoom.answer(roomId, room -> StateForServers.state(room, asking, event));
    }

    @GET
    @Path("/state_ids/{roomId}")
    @Internal(InternalOperation.STATE_FEDERATION)
    public Response stateIds(
            @PathParam("roomId") String roomId,
            @QueryParam("event_id") @Nullable String eventId,
            @HeaderParam(ORIGIN) @Nullable String origin) {
        ServerName asking = asking(origin);
        String event = required(eventId);
        return readRoom.answer(roomId, room -> StateForServers.stateIds(room, asking, event));
    }

    @GET
    @Path("/event_auth/{roomId}/{eventId}")
    @Internal(InternalOperation.STATE_FEDERATION)
    public Response eventAuth(
            @PathParam("roomId") String roomId,
            @PathParam("eventId") String eventId,
            @HeaderParam(ORIGIN) @Nullable String origin) {
        ServerName asking = asking(origin);
        return readRoom.answer(roomId, room -> StateForServers.eventAuth(room, asking, eventId));
    }

    private static ServerName asking(@Nullable String origin) {
        if (origin == null) {
            throw MatrixError.missingParam(ORIGIN + " is missing");
        }
        return ServerName.tryParse(origin).orElseThrow(() -> MatrixError.invalidParam(ORIGIN + " is no server name"));
    }

    private static String required(@Nullable String eventId) {
        if (eventId == null) {
            throw MatrixError.missingParam("event_id is missing");
        }
        return eventId;
    }
}
