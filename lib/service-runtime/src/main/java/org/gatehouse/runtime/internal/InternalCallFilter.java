package org.gatehouse.runtime.internal;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jspecify.annotations.Nullable;

/** Enforces the table of {@link InternalOperation}: who is not listed is refused, and so is what is not annotated. */
@Singleton
public class InternalCallFilter {

    private static final Logger LOG = Logger.getLogger(InternalCallFilter.class);

    private final Map<Method, Optional<InternalOperation>> operations = new ConcurrentHashMap<>();

    /** Answers 403 M_FORBIDDEN, or null to let the call through. */
    @ServerRequestFilter
    public @Nullable Response refuseStrangers(ContainerRequestContext request, ResourceInfo resource) {
        Optional<InternalOperation> operation = operationOf(resource.getResourceMethod());
        if (operation.isEmpty() && !InternalDoor.isInternal(pathOf(request))) {
            return null;
        }
        Optional<String> caller = callerOf();
        if (isAllowed(caller, operation)) {
            return null;
        }
        LOG.warnf(
                "refused an internal call: caller=%s operation=%s path=%s",
                caller.orElse("(none)"), operation.map(Enum::name).orElse("(none)"), pathOf(request));
        return MatrixResponses.error(403, "M_FORBIDDEN", "Not for you");
    }

    static boolean isAllowed(Optional<String> caller, Optional<InternalOperation> operation) {
        return caller.isPresent() && operation.isPresent() && operation.get().allows(caller.get());
    }

    private Optional<InternalOperation> operationOf(@Nullable Method method) {
        return method == null ? Optional.empty() : operations.computeIfAbsent(method, InternalCallFilter::annotated);
    }

    private static Optional<InternalOperation> annotated(Method method) {
        return Optional.ofNullable(method.getAnnotation(Internal.class)).map(Internal::value);
    }

    private static String pathOf(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        return path.startsWith("/") ? path : "/" + path;
    }

    private static Optional<String> callerOf() {
        RoutingContext routing = CurrentRequestManager.get().serverRequest().unwrap(RoutingContext.class);
        return routing == null ? Optional.empty() : Optional.ofNullable(routing.get(InternalDoor.CALLER));
    }
}
