package org.gatehouse.ingress.admission;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.requestauth.FederationRequest;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Sees each answer of a resource, so that a refusal leaves its line whichever class refused. */
@Singleton
public class RefusalsFilter {

    /** A 404 is an answer, not a refusal. */
    private static final Set<Integer> NO_REFUSALS = Set.of(404, 410);

    private final Provider<RefusedRequests> refused;
    private final FederationRequest request;

    RefusalsFilter(Provider<RefusedRequests> refused, FederationRequest request) {
        this.refused = refused;
        this.request = request;
    }

    @ServerResponseFilter
    public void tell(ContainerResponseContext response) {
        int status = response.getStatus();
        if (status < 400 || NO_REFUSALS.contains(status)) {
            return;
        }
        RoutingContext context = CurrentRequestManager.get().unwrap(RoutingContext.class);
        JsonObject error = bodyOf(response);
        String rule = status + " " + error.string("errcode").orElse("");
        refused.get()
                .refused(
                        context,
                        origin(context),
                        rule.trim(),
                        error.string("error").orElse(""));
    }

    private String origin(RoutingContext context) {
        try {
            return request.origin().toString();
        } catch (IllegalStateException notVerified) {
            return "unverified " + context.request().remoteAddress().hostAddress();
        }
    }

    private static JsonObject bodyOf(ContainerResponseContext response) {
        if (!(response.getEntity() instanceof byte[] body)) {
            return JsonObject.EMPTY;
        }
        try {
            return StrictJson.parseObject(body);
        } catch (MalformedJson e) {
            return JsonObject.EMPTY;
        }
    }
}
