package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.requestauth.FederationRequest;
import org.gatehouse.runtime.http.MatrixResponses;

/** {@code PUT /_matrix/federation/v2/invite/{roomId}/{eventId}}. */
@Path("/_matrix/federation/v2/invite/{roomId}/{eventId}")
@FederationAuthenticated
class InviteResource {

    private final TakeInvite takeInvite;
    private final FederationRequest request;

    InviteResource(TakeInvite takeInvite, FederationRequest request) {
        this.takeInvite = takeInvite;
        this.request = request;
    }

    @PUT
    public Uni<Response> invite(@PathParam("roomId") String roomId, @PathParam("eventId") String eventId) {
        return takeInvite
                .take(request.origin(), request.destination(), roomId, eventId, request.requireBody())
                .map(MatrixResponses::json);
    }
}
