package org.gatehouse.ingress.surface;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The operations without signature that nobody here can do yet. Their bodies are not looked at. */
@Path("/")
class NotBuiltOpenResource {

    private static final String BOUND = "/_matrix/federation/v1/3pid/onbind";

    private final RoutingContext context;

    NotBuiltOpenResource(RoutingContext context) {
        this.context = context;
    }

    @GET
    @Path("/_matrix/key/v2/query/{serverName}")
    public Response queryKeysOfOne() {
        throw NotBuiltAnswer.to(context);
    }

    @POST
    @Path("/_matrix/key/v2/query")
    public Response queryKeys() {
        throw NotBuiltAnswer.to(context);
    }

    @GET
    @Path("/_matrix/federation/v1/openid/userinfo")
    public Response userinfo() {
        throw NotBuiltAnswer.to(context);
    }

    @PUT
    @Path(BOUND)
    public Response bound() {
        throw NotBuiltAnswer.to(context);
    }

    @POST
    @Path(BOUND)
    public Response boundByPost() {
        throw NotBuiltAnswer.to(context);
    }
}
