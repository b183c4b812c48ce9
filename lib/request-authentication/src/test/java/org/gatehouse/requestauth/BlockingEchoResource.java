package org.gatehouse.requestauth;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.gatehouse.runtime.http.MatrixResponses;

/** Takes the body as a parameter, on a worker thread. */
@Path("/_matrix/federation/v1/blocking")
public class BlockingEchoResource {

    private final FederationRequest request;

    BlockingEchoResource(FederationRequest request) {
        this.request = request;
    }

    @POST
    @Blocking
    @FederationAuthenticated
    public Response post(byte[] body) {
        return MatrixResponses.json(
                request.requireBody().with("origin", request.origin().value()).with("length", body.length));
    }
}
