package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.requestauth.FederationRequest;
import org.gatehouse.runtime.http.MatrixResponses;

/** {@code GET /_matrix/federation/v1/make_join} and {@code make_leave}: templates of the events that a peer will sign. */
@Path("/")
@FederationAuthenticated
class MakeMembershipResource {

    private final OfferTemplate offerTemplate;
    private final FederationRequest request;

    MakeMembershipResource(OfferTemplate offerTemplate, FederationRequest request) {
        this.offerTemplate = offerTemplate;
        this.request = request;
    }

    @GET
    @Path("/_matrix/federation/v1/make_join/{roomId}/{userId}")
    public Uni<Response> makeJoin(@PathParam("userId") String userId, @QueryParam("ver") List<String> ver) {
        return offerTemplate
                .join(request.origin(), request.destination(), userId, ver.isEmpty() ? List.of("1") : ver)
                .map(MatrixResponses::json);
    }

    @GET
    @Path("/_matrix/federation/v1/make_leave/{roomId}/{userId}")
    public Uni<Response> makeLeave(@PathParam("userId") String userId) {
        return offerTemplate
                .leave(request.origin(), request.destination(), userId)
                .map(MatrixResponses::json);
    }
}
