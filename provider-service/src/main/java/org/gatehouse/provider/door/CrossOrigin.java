package org.gatehouse.provider.door;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Lets browsers use the client door (Client-Server API, "Web Browser Clients"), whatever the answer is. */
@Singleton
class CrossOrigin {

    private static final int BEFORE_ROUTING = 500;

    void register(@Observes Filters filters) {
        filters.register(CrossOrigin::allow, BEFORE_ROUTING);
    }

    private static void allow(RoutingContext context) {
        if (!context.normalizedPath().startsWith("/_matrix/client/")) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response()
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS")
                .putHeader("Access-Control-Allow-Headers", "X-Requested-With, Content-Type, Authorization");
        if (context.request().method().equals(HttpMethod.OPTIONS)) {
            response.setStatusCode(204).end();
        } else {
            context.next();
        }
    }
}
