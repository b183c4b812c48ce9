package org.gatehouse.ingress.policy;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.requestauth.FederationRequest;
import org.gatehouse.runtime.http.MatrixResponses;

/** {@code POST /_matrix/policy/v1/sign}. */
@Path("/")
@FederationAuthenticated
class PolicyResource {

    private final SignForPeer signForPeer;
    private final FederationRequest request;

    PolicyResource(SignForPeer signForPeer, FederationRequest request) {
        this.signForPeer = signForPeer;
        this.request = request;
    }

    @POST
    @Path("/_matrix/policy/v1/sign")
    public Uni<Response> sign() {
        return signForPeer
                .sign(request.origin(), request.destination(), request.requireBody())
                .map(MatrixResponses::json);
    }
}
