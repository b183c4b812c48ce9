package org.gatehouse.ingress.admission;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.requestauth.FederationRequest;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Stands behind authentication: only then it is known whose share a request is taken from. */
@Singleton
public class AdmissionFilter {

    private static final int AFTER_AUTHENTICATION = Priorities.AUTHENTICATION + 100;
    private static final int MOST_PDUS = 50;

    // Filters are made before the configuration can be read: what depends on it comes with the first request.
    private final Provider<AdmitRequest> admitRequest;
    private final FederationRequest request;

    AdmissionFilter(Provider<AdmitRequest> admitRequest, FederationRequest request) {
        this.admitRequest = admitRequest;
        this.request = request;
    }

    /** Lets a request through, perhaps after a while; or ends it with 429 or 503. */
    @ServerRequestFilter(priority = AFTER_AUTHENTICATION, nonBlocking = true)
    @FederationAuthenticated
    public Uni<Void> admit() {
        RoutingContext context = CurrentRequestManager.get().unwrap(RoutingContext.class);
        return admitRequest.get().admit(context, request.origin().toString(), cost());
    }

    private int cost() {
        int pdus = request.body()
                .flatMap(body -> body.array("pdus"))
                .map(JsonArray::values)
                .map(java.util.List::size)
                .orElse(0);
        return 1 + Math.min(MOST_PDUS, pdus);
    }
}
