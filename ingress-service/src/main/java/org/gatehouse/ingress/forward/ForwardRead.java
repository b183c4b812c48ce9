package org.gatehouse.ingress.forward;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.gatehouse.ingress.surface.Target;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.requestauth.FederationRequest;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;
import org.gatehouse.runtime.internal.InternalResponse;

/**
 * Hands the request that is being answered to another service: path and query as they came, the verified origin beside
 * them. Membership and visibility are asked by the owner of the data.
 */
@RequestScoped
class ForwardRead {

    private static final String PUBLIC = "/_matrix/federation/v1/";
    private static final String INTERNAL = "/internal/federation/";
    private static final Duration DEADLINE = Duration.ofSeconds(55);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final InternalClient services;
    private final FederationRequest request;
    private final RoutingContext context;

    ForwardRead(InternalClient services, FederationRequest request, RoutingContext context) {
        this.services = services;
        this.request = request;
        this.context = context;
    }

    /** The owner's answer as it is. */
    Uni<Response> to(InternalOperation operation) {
        HttpServerRequest http = context.request();
        String path = Target.of(context).orElseThrow().path().substring(PUBLIC.length());
        InternalCall call = InternalCall.forward(operation, http.method().name(), INTERNAL + path, http.query())
                .onBehalfOf(request.origin().toString(), request.destination().toString())
                .deadline(DEADLINE);
        request.body().ifPresent(body -> call.body(CanonicalJson.write(body)));
        return services.call(call).map(ForwardRead::answer);
    }

    /** Who is busy says so with 503; when to ask again, the door says. */
    private static Response answer(InternalResponse owners) {
        Response answer = MatrixResponses.json(owners.status(), owners.body());
        return owners.status() == 503
                ? Response.fromResponse(answer)
                        .header(HttpHeaders.RETRY_AFTER, SOON.toSeconds())
                        .build()
                : answer;
    }
}
