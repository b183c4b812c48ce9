package org.gatehouse.runtime.internal;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jboss.logging.Logger;

/**
 * Keeps the doors of one process apart, before any routing: {@code /internal} is for services with an identity, and a
 * port that asks for client certificates serves nothing else.
 */
@Singleton
class InternalDoor {

    static final String CALLER = "gatehouse.caller";

    private static final Logger LOG = Logger.getLogger(InternalDoor.class);
    private static final int BEFORE_ALL_OTHERS = 10_000;

    private final boolean tlsPortIsInternal;

    InternalDoor(@ConfigProperty(name = "quarkus.http.ssl.client-auth", defaultValue = "none") String clientAuth) {
        this.tlsPortIsInternal = clientAuth.equalsIgnoreCase("required");
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_ALL_OTHERS);
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean internal = isInternal(context.normalizedPath());
        if (internal) {
            admitService(context, request);
        } else if (tlsPortIsInternal && request.isSSL()) {
            MatrixResponses.send(context, 404, "M_UNRECOGNIZED", "Unrecognized request");
        } else {
            context.next();
        }
    }

    private static void admitService(RoutingContext context, HttpServerRequest request) {
        Optional<String> caller = ServiceIdentity.ofPeer(request.connection());
        if (caller.isEmpty()) {
            LOG.warnf(
                    "refused an internal call without identity: method=%s path=%s from=%s tls=%s",
                    request.method(), context.normalizedPath(), request.remoteAddress(), request.isSSL());
            MatrixResponses.send(context, 403, "M_FORBIDDEN", "Not for you");
            return;
        }
        context.put(CALLER, caller.get());
        context.next();
    }

    static boolean isInternal(String path) {
        return path.equals("/internal") || path.startsWith("/internal/");
    }
}
