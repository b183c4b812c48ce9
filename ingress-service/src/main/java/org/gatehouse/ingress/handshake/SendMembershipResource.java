package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.requestauth.FederationRequest;
import org.gatehouse.runtime.http.MatrixResponses;

/** {@code PUT send_join} and {@code send_leave}, version 2, and version 1 as older servers still ask for it. */
@Path("/")
@FederationAuthenticated
class SendMembershipResource {

    private final TakeMembership takeMembership;
    private final FederationRequest request;

    SendMembershipResource(TakeMembership takeMembership, FederationRequest request) {
        this.takeMembership = takeMembership;
        this.request = request;
    }

    @PUT
    @Path("/_matrix/federation/v2/send_join/{roomId}/{eventId}")
    public Uni<Response> sendJoin(@PathParam("roomId") String roomId, @PathParam("eventId") String eventId) {
        return join(roomId, eventId).map(MatrixResponses::json);
    }

    @PUT
    @Path("/_matrix/federation/v1/send_join/{roomId}/{eventId}")
    public Uni<Response> sendJoinOfOld(@PathParam("roomId") String roomId, @PathParam("eventId") String eventId) {
        return join(roomId, eventId).map(AnswerPair::of).map(pair -> MatrixResponses.json(200, pair));
    }

    @PUT
    @Path("/_matrix/federation/v2/send_leave/{roomId}/{eventId}")
    public Uni<Response> sendLeave(@PathParam("roomId") String roomId, @PathParam("eventId") String eventId) {
        return leave(roomId, eventId).map(MatrixResponses::json);
    }

    @PUT
    @Path("/_matrix/federation/v1/send_leave/{roomId}/{eventId}")
    public Uni<Response> sendLeaveOfOld(@PathParam("roomId") String roomId, @PathParam("eventId") String eventId) {
        return leave(roomId, eventId).map(AnswerPair::of).map(pair -> MatrixResponses.json(200, pair));
    }

    private Uni<JsonObject> join(String roomId, String eventId) {
        return takeMembership.join(request.origin(), request.destination(), roomId, eventId, request.requireBody());
    }

    private Uni<JsonObject> leave(String roomId, String eventId) {
        return takeMembership.leave(request.origin(), request.destination(), roomId, eventId, request.requireBody());
    }
}
