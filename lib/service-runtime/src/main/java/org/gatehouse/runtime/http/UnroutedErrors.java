package org.gatehouse.runtime.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives Matrix's form to errors that arise before a resource is chosen or while its body is read. */
@Singleton
class UnroutedErrors {

    private static final int BEFORE_QUARKUS_OWN_LIMIT = 9_000;

    private final long maxBody;

    UnroutedErrors(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        this.maxBody = maxBody.asLongValue();
    }

    void register(@Observes Router router) {
        router.errorHandler(400, context -> answer(context, 400, "M_UNRECOGNIZED", "Bad request"));
        router.errorHandler(404, context -> answer(context, 404, "M_UNRECOGNIZED", "Unrecognized request"));
        router.errorHandler(405, context -> answer(context, 405, "M_UNRECOGNIZED", "Unrecognized method"));
        router.errorHandler(413, context -> answer(context, 413, "M_TOO_LARGE", "Request body too large"));
        router.errorHandler(414, context -> answer(context, 414, "M_UNRECOGNIZED", "Request target too long"));
    }

    void limitBodies(@Observes Filters filters) {
        filters.register(this::refuseAnnouncedBodies, BEFORE_QUARKUS_OWN_LIMIT);
    }

    private void refuseAnnouncedBodies(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !isMoreThan(length, maxBody)) {
            context.next();
            return;
        }
        answer(context, 413, "M_TOO_LARGE", "Request body too large");
        // Thrown away as it comes: a peer that is cut off while it sends would not see the answer.
        context.request().resume();
    }

    /** Netty has refused what is not a number before. */
    static boolean isMoreThan(String length, long limit) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static void answer(RoutingContext context, int status, String errcode, String error) {
        if (!context.response().ended() && !context.response().headWritten()) {
            MatrixResponses.send(context, status, errcode, error);
        }
    }
}
