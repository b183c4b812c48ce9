package org.gatehouse.requestauth;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jspecify.annotations.Nullable;

/** Stands before the resources that are {@link FederationAuthenticated}. */
@Singleton
public class AuthenticationFilter {

    // Filters are made before the configuration can be read: what depends on it comes with the first request.
    private final Provider<FederationDoor> door;

    AuthenticationFilter(Provider<FederationDoor> door) {
        this.door = door;
    }

    /** Lets a verified request through; any other ends with its error. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION, nonBlocking = true)
    @FederationAuthenticated
    public Uni<@Nullable Response> authenticate() {
        return door.get().verify(CurrentRequestManager.get()).map(verified -> null);
    }
}
