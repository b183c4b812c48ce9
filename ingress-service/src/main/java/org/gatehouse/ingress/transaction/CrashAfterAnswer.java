package org.gatehouse.ingress.transaction;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.gatehouse.runtime.crash.CrashPoint;

/** The crash point that no pipeline reaches: a transaction's 200 has left. Nothing is in the way unless it is armed. */
@ApplicationScoped
class CrashAfterAnswer {

    private static final String POINT = "ingress.after-200";
    private static final int PRIORITY = 10;

    void register(@Observes Filters filters) {
        if (CrashPoint.isArmed(POINT)) {
            filters.register(CrashAfterAnswer::watch, PRIORITY);
        }
    }

    private static void watch(RoutingContext request) {
        if (request.normalizedPath().startsWith("/_matrix/federation/v1/send/")) {
            request.addEndHandler(written -> {
                if (written.succeeded() && request.response().getStatusCode() == 200) {
                    // One turn later on the event loop, so that what was written is flushed.
                    request.vertx().runOnContext(ignored -> CrashPoint.reach(POINT));
                }
            });
        }
        request.next();
    }
}
