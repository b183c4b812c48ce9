package org.gatehouse.ingress.forward;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.runtime.internal.InternalOperation;

/** Reads of the room's graph and state: each goes to the service that owns the data. */
@Path("/")
@FederationAuthenticated
class ReadResource {

    private final ForwardRead forwardRead;

    ReadResource(ForwardRead forwardRead) {
        this.forwardRead = forwardRead;
    }

    @GET
    @Path("/_matrix/federation/v1/event/{eventId}")
    public Uni<Response> event() {
        return forwardRead.to(InternalOperation.GRAPH_FEDERATION);
    }

    @GET
    @Path("/_matrix/federation/v1/backfill/{roomId}")
    public Uni<Response> backfill() {
        return forwardRead.to(InternalOperation.GRAPH_FEDERATION);
    }

    @POST
    @Path("/_matrix/federation/v1/get_missing_events/{roomId}")
    public Uni<Response> getMissingEvents() {
        return forwardRead.to(InternalOperation.GRAPH_FEDERATION);
    }

    @GET
    @Path("/_matrix/federation/v1/state/{roomId}")
    public Uni<Response> state() {
        return forwardRead.to(InternalOperation.STATE_FEDERATION);
    }

    @GET
    @Path("/_matrix/federation/v1/state_ids/{roomId}")
    public Uni<Response> stateIds() {
        return forwardRead.to(InternalOperation.STATE_FEDERATION);
    }

    @GET
    @Path("/_matrix/federation/v1/event_auth/{roomId}/{eventId}")
    public Uni<Response> eventAuth() {
        return forwardRead.to(InternalOperation.STATE_FEDERATION);
    }
}
