package org.gatehouse.provider.sync;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.gatehouse.provider.door.Authenticate;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.provider.door.ProviderConfig;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jspecify.annotations.Nullable;

/** GET sync. */
@Path(ClientPath.BASE)
public class SyncResource {

    private final Authenticate authenticate;
    private final SyncFilters filters;
    private final AwaitNews await;
    private final ProviderConfig config;

    SyncResource(Authenticate authenticate, SyncFilters filters, AwaitNews await, ProviderConfig config) {
        this.authenticate = authenticate;
        this.filters = filters;
        this.await = await;
        this.config = config;
    }

    @GET
    @Path(ClientPath.V3 + "/sync")
    public Uni<Response> sync(
            @BeanParam Credentials credentials,
            @QueryParam("since") @Nullable String since,
            @QueryParam("timeout") @Nullable Long timeout,
            @QueryParam("full_state") boolean fullState,
            @QueryParam("filter") @Nullable String filter) {
        return Uni.createFrom()
                .item(() -> request(credentials, since, fullState, filter))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(request -> await.await(request, limit(timeout)))
                .map(result -> MatrixResponses.json(result.toJson()));
    }

    private SyncRequest request(
            Credentials credentials, @Nullable String since, boolean fullState, @Nullable String filter) {
        if (!config.clientDoor()) {
            throw MatrixError.forbidden("There is no sync here");
        }
        Requester me = authenticate.requester(credentials);
        Optional<SyncToken> token = since == null || since.isEmpty() ? Optional.empty() : Optional.of(token(since));
        return new SyncRequest(me.userId(), token, fullState, filters.timelineLimit(me.userId(), filter));
    }

    private static SyncToken token(String text) {
        return SyncToken.parse(text).orElseThrow(() -> MatrixError.invalidParam("since is no token of this server"));
    }

    private Duration limit(@Nullable Long timeout) {
        long millis = timeout == null ? 0 : Math.max(0, timeout);
        return Duration.ofMillis(Math.min(millis, config.syncTimeout().toMillis()));
    }
}
