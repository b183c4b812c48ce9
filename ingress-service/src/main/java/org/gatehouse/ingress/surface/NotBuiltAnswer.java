package org.gatehouse.ingress.surface;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import org.gatehouse.runtime.http.MatrixResponses;

/** The table's answer to the request at hand. */
final class NotBuiltAnswer {

    private NotBuiltAnswer() {}

    static Response to(RoutingContext context) {
        Operation operation = Target.of(context).orElseThrow().operation();
        NotBuilt answer = operation
                .notBuilt()
                .orElseThrow(() -> new IllegalStateException(operation + " has no resource of its own"));
        return MatrixResponses.error(answer.status(), answer.errcode(), answer.text());
    }
}
