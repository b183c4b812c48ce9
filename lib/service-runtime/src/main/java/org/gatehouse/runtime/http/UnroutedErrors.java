package org.gatehouse.runtime.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Gives Matrix's form to errors that arise before a resource is chosen or while its body is read. */
@Singleton
class UnroutedErrors {

    void register(@Observes Router router) {
        router.errorHandler(400, context -> answer(context, 400, "M_UNRECOGNIZED", "Bad request"));
        router.errorHandler(404, context -> answer(context, 404, "M_UNRECOGNIZED", "Unrecognized request"));
        router.errorHandler(405, context -> answer(context, 405, "M_UNRECOGNIZED", "Unrecognized method"));
        router.errorHandler(413, context -> answer(context, 413, "M_TOO_LARGE", "Request body too large"));
        router.errorHandler(414, context -> answer(context, 414, "M_UNRECOGNIZED", "Request target too long"));
    }

    private static void answer(RoutingContext context, int status, String errcode, String error) {
        if (!context.response().ended() && !context.response().headWritten()) {
            MatrixResponses.send(context, status, errcode, error);
        }
    }
}
