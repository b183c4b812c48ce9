package org.gatehouse.requestauth;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.runtime.http.MatrixResponses;

/** Says who the filter thinks it is. */
@Path("/_matrix/federation/v1/send/{txn}")
@FederationAuthenticated
public class EchoResource {

    private final FederationRequest request;

    EchoResource(FederationRequest request) {
        this.request = request;
    }

    @GET
    public Uni<Response> get() {
        return Uni.createFrom().item(answer(JsonObject.EMPTY));
    }

    @PUT
    public Uni<Response> put() {
        return Uni.createFrom().item(answer(request.requireBody()));
    }

    private Response answer(JsonObject body) {
        return MatrixResponses.json(JsonObject.builder()
                .put("origin", request.origin().value())
                .put("destination", request.destination().value())
                .put("length", request.bodyBytes().length)
                .put("body", body)
                .build());
    }
}
