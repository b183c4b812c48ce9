package org.gatehouse.ingress.surface;

import io.vertx.ext.web.RoutingContext;
import org.gatehouse.runtime.http.MatrixError;

/** The table's answer to the request at hand. */
final class NotBuiltAnswer {

    private NotBuiltAnswer() {}

    static MatrixError to(RoutingContext context) {
        Operation operation = Target.of(context).orElseThrow().operation();
        return operation
                .notBuilt()
                .orElseThrow(() -> new IllegalStateException(operation + " has no resource of its own"))
                .error();
    }
}
