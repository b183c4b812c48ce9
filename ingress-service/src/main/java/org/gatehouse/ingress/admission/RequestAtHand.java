package org.gatehouse.ingress.admission;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import org.gatehouse.runtime.trace.TraceInLogs;
import org.gatehouse.runtime.trace.TraceParent;

/** The HTTP request that the calling code works for, if there is one. */
public final class RequestAtHand {

    private static final String ARRIVED = "gatehouse.arrived";
    private static final String TRACE = "gatehouse.trace";

    private RequestAtHand() {}

    /** Notes when a request arrived. */
    static void arrived(RoutingContext request) {
        request.put(ARRIVED, System.nanoTime());
    }

    /** Notes which trace a request belongs to; its lines in the log say so too. */
    static void belongsTo(RoutingContext request, TraceParent trace) {
        request.put(TRACE, trace.toString());
        TraceInLogs.begin(Optional.of(trace));
    }

    /** The traceparent of the request at hand. */
    public static Optional<String> trace() {
        return find().map(request -> request.get(TRACE));
    }

    /** How long ago the request at hand arrived. */
    static Optional<Duration> age() {
        return find().map(request -> request.<Long>get(ARRIVED))
                .map(arrived -> Duration.ofNanos(System.nanoTime() - arrived));
    }

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
