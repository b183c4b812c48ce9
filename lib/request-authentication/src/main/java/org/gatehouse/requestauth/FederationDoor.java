package org.gatehouse.requestauth;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.http.MatrixError;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/** Verifies the request at hand. The order: header, body, keys, signature. */
@Singleton
class FederationDoor {

    private static final Logger LOG = Logger.getLogger(FederationDoor.class);
    private static final String REQUESTS = "gatehouse.federation.requests";

    private final ClaimReading claims;
    private final BodyReading bodies;
    private final AuthenticateRequest authenticateRequest;
    private final FederationRequest current;
    private final MeterRegistry meters;
    private final BodyBudget budget;

    FederationDoor(
            ClusterConfig cluster,
            RequestAuthenticationConfig config,
            VerifyKeys verifyKeys,
            FederationRequest current,
            MeterRegistry meters,
            Clock clock,
            BodyBudget budget,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        this.claims = new ClaimReading(cluster, config.requireDestination());
        this.bodies = new BodyReading(maxBody.asLongValue());
        this.authenticateRequest = new AuthenticateRequest(verifyKeys, clock);
        this.current = current;
        this.meters = meters;
        this.budget = budget;
    }

    /** Fails with the error that the request ends with. */
    Uni<FederationRequest.Verified> verify(ResteasyReactiveRequestContext context) {
        HttpServerRequest http = context.serverRequest().unwrap(HttpServerRequest.class);
        RequestHead head = headOf(http);
        return Uni.createFrom()
                .item(() -> claims.read(head))
                .chain(claim -> verify(context, http, head, claim))
                .onFailure(MatrixError.class)
                .invoke(refusal -> refused(http, head, (MatrixError) refusal));
    }

    private Uni<FederationRequest.Verified> verify(
            ResteasyReactiveRequestContext context, HttpServerRequest http, RequestHead head, Claim claim) {
        BodyBudget.Share share = budget.open(String.valueOf(http.remoteAddress().hostAddress()));
        context.unwrap(RoutingContext.class).addEndHandler(ended -> share.close());
        return bodies.read(http, share)
                .invoke(body -> context.setInputStream(new ByteArrayInputStream(body)))
                .chain(body -> authenticateRequest.authenticate(head, claim, body))
                .invoke(current::verified)
                .invoke(verified -> count("verified"));
    }

    private static RequestHead headOf(HttpServerRequest http) {
        return new RequestHead(
                http.method().name(),
                http.uri(),
                http.headers().getAll(HttpHeaders.AUTHORIZATION),
                Optional.ofNullable(http.getHeader(HttpHeaders.HOST)));
    }

    private void refused(HttpServerRequest http, RequestHead head, MatrixError refusal) {
        count("refused-" + refusal.status());
        LOG.debugf("refused %s from %s: %s", head.method(), http.remoteAddress(), refusal.text());
        // What is left of the body is thrown away, so that the connection can be used again.
        if (!http.isEnded()) {
            http.resume();
        }
    }

    private void count(String outcome) {
        meters.counter(REQUESTS, "outcome", outcome).increment();
    }
}
