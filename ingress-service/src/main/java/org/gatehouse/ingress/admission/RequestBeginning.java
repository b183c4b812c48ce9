package org.gatehouse.ingress.admission;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;
import org.gatehouse.runtime.trace.TraceParent;

/** The first to see a request: notes when it came, and which trace it belongs to. */
@Singleton
class RequestBeginning {

    private static final int BEFORE_ALL_OTHERS = 20_000;

    void register(@Observes Filters filters) {
        filters.register(RequestBeginning::begin, BEFORE_ALL_OTHERS);
    }

    private static void begin(RoutingContext request) {
        RequestAtHand.arrived(request);
        TraceParent trace =
                TraceParent.continued(request.request().getHeader(TraceParent.HEADER), ThreadLocalRandom.current());
        RequestAtHand.belongsTo(request, trace);
        request.next();
    }
}
