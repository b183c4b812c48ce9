package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.requestauth.FederationRequest;
import org.gatehouse.runtime.http.MatrixResponses;

/** {@code PUT invite}, version 2, and version 1 for rooms of versions 1 and 2. */
@Path("/")
@FederationAuthenticated
class InviteResource {

    private final TakeInvite takeInvite;
    private final FederationRequest request;

    InviteResource(TakeInvite takeInvite, FederationRequest request) {
        this.takeInvite = takeInvite;
        this.request = request;
    }

    @PUT
    @Path("/_matrix/federation/v2/invite/{roomId}/{eventId}")
    public Uni<Response> invite(@PathParam("roomId") String roomId, @PathParam("eventId") String eventId) {
        return takeInvite
                .take(request.origin(), request.destination(), roomId, eventId, request.requireBody())
                .map(MatrixResponses::json);
    }

    @PUT
    @Path("/_matrix/federation/v1/invite/{roomId}/{eventId}")
    public Uni<Response> inviteOfOld(@PathParam("roomId") String roomId, @PathParam("eventId") String eventId) {
        return takeInvite
                .takeOfOld(request.origin(), request.destination(), roomId, eventId, request.requireBody())
                .map(AnswerPair::of)
                .map(pair -> MatrixResponses.json(200, pair));
    }
}
