package org.gatehouse.ingress.surface;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.requestauth.FederationRequest;

/**
 * The signed operations that nobody here can do yet: verified and authorised, then answered as the table says. Any
 * resource of an operation's own path goes before this one.
 */
@Path("/")
@FederationAuthenticated
class NotBuiltResource {

    private static final String ANY_OTHER = "/_matrix/{rest:.+}";

    private final RoutingContext context;
    private final FederationRequest request;

    NotBuiltResource(RoutingContext context, FederationRequest request) {
        this.context = context;
        this.request = request;
    }

    @GET
    @Path(ANY_OTHER)
    public Response get() {
        throw NotBuiltAnswer.to(context);
    }

    @PUT
    @Path(ANY_OTHER)
    public Response put() {
        request.requireBody();
        throw NotBuiltAnswer.to(context);
    }

    @POST
    @Path(ANY_OTHER)
    public Response post() {
        request.requireBody();
        throw NotBuiltAnswer.to(context);
    }
}
