package org.gatehouse.ingress.surface;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.gatehouse.runtime.http.MatrixResponses;

/** Lets through what the table has, before anything else is looked at: "Unsupported endpoints". */
@Singleton
class KnownPaths {

    /** Behind the door of the cluster's own services, before everything that costs. */
    private static final int PRIORITY = 9_500;

    void register(@Observes Filters filters) {
        filters.register(this::admit, PRIORITY);
    }

    private void admit(RoutingContext context) {
        String path = withoutLastSlash(context.normalizedPath());
        Optional<Operation> operation = Surface.find(context.request().method().name(), path);
        if (operation.isPresent()) {
            new Target(operation.get(), path).attachTo(context);
            context.next();
        } else {
            refuse(context, Surface.methods(path));
        }
    }

    private static void refuse(RoutingContext context, List<String> methods) {
        if (methods.isEmpty()) {
            MatrixResponses.send(context, 404, "M_UNRECOGNIZED", "Unrecognized request");
        } else {
            context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", methods));
            MatrixResponses.send(context, 405, "M_UNRECOGNIZED", "Unrecognized method");
        }
        // What is left of the body is thrown away, so that the connection can be used again.
        context.request().resume();
    }

    /** As old servers ask for {@code /_matrix/key/v2/server/}. */
    private static String withoutLastSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
