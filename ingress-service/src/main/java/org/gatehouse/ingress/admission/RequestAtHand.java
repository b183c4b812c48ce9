package org.gatehouse.ingress.admission;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The HTTP request that the calling code works for, if there is one. */
final class RequestAtHand {

    private RequestAtHand() {}

    static Optional<RoutingContext> find() {
        ArcContainer container = Arc.container();
        if (container == null || !container.requestContext().isActive()) {
            return Optional.empty();
        }
        try (InstanceHandle<CurrentVertxRequest> current = container.instance(CurrentVertxRequest.class)) {
            return current.isAvailable() ? Optional.ofNullable(current.get().getCurrent()) : Optional.empty();
        }
    }
}
