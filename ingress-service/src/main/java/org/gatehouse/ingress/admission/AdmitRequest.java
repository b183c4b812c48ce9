package org.gatehouse.ingress.admission;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.gatehouse.runtime.http.MatrixError;

/** Takes a request from its origin's share, and gives it back when the request has ended. */
@Singleton
class AdmitRequest {

    private final OriginShares shares;
    private final IntakeMeters meters;
    private final RefusedRequests refused;

    AdmitRequest(AdmissionConfig config, Clock clock, IntakeMeters meters, RefusedRequests refused) {
        this.shares = new OriginShares(config, clock);
        this.meters = meters;
        this.refused = refused;
    }

    /** Fails with 429 M_LIMIT_EXCEEDED for an origin beyond its share, with 503 if the instance is full. */
    Uni<Void> admit(RoutingContext context, String origin, int cost) {
        Decision decision = shares.begin(origin, cost);
        if (!decision.isAdmitted()) {
            return Uni.createFrom().failure(refusal(context, origin, decision));
        }
        context.addEndHandler(ended -> shares.end(origin));
        if (decision.delay().isZero()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().voidItem().onItem().delayIt().by(decision.delay());
    }

    private MatrixError refusal(RoutingContext context, String origin, Decision decision) {
        String rule = decision.refusedBy().orElseThrow();
        meters.rateLimited(rule);
        boolean full = rule.equals(OriginShares.ALL_CONCURRENCY);
        String text = full ? "Too many requests under way" : "Too many requests of this server";
        refused.refused(context, origin, rule, text);
        return full
                ? MatrixError.unavailable(text, decision.delay())
                : new MatrixError(429, "M_LIMIT_EXCEEDED", text, Optional.of(decision.delay()));
    }
}
