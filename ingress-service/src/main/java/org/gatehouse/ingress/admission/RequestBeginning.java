package org.gatehouse.ingress.admission;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.gatehouse.runtime.trace.TraceParent;

/** The first to see a request: notes when it came, and which trace it belongs to. */
@Singleton
class RequestBeginning {

    private static final String TRANSACTIONS = "/_matrix/federation/v1/send/";
    private static final int BEFORE_ALL_OTHERS = 20_000;

    private final IntakeMeters meters;

    RequestBeginning(IntakeMeters meters) {
        this.meters = meters;
    }

    void register(@Observes Filters filters) {
        filters.register(this::begin, BEFORE_ALL_OTHERS);
    }

    private void begin(RoutingContext request) {
        RequestAtHand.arrived(request);
        TraceParent trace =
                TraceParent.continued(request.request().getHeader(TraceParent.HEADER), ThreadLocalRandom.current());
        RequestAtHand.belongsTo(request, trace);
        if (request.request().path().startsWith(TRANSACTIONS)) {
            long arrived = System.nanoTime();
            request.addEndHandler(ended -> {
                if (ended.succeeded() && request.response().getStatusCode() == 200) {
                    meters.answeredAfter(Duration.ofNanos(System.nanoTime() - arrived));
                }
            });
        }
        request.next();
    }
}
