package org.gatehouse.ingress.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.requestauth.FederationRequest;

/** {@code PUT /_matrix/federation/v1/send/{txnId}}. */
@Path("/_matrix/federation/v1/send/{txnId}")
@FederationAuthenticated
class SendResource {

    private final AcceptTransaction acceptTransaction;
    private final FederationRequest request;

    SendResource(AcceptTransaction acceptTransaction, FederationRequest request) {
        this.acceptTransaction = acceptTransaction;
        this.request = request;
    }

    @PUT
    public Uni<Response> send(@PathParam("txnId") String txnId) {
        Transaction transaction =
                TransactionBody.read(request.origin(), request.destination(), txnId, request.requireBody());
        return acceptTransaction
                .accept(transaction)
                .map(body -> Response.ok(body, MediaType.APPLICATION_JSON).build());
    }
}
