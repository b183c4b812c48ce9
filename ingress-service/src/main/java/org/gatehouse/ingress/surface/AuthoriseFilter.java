package org.gatehouse.ingress.surface;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.requestauth.FederationAuthenticated;
import org.gatehouse.requestauth.FederationRequest;
import org.gatehouse.runtime.http.MatrixError;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jspecify.annotations.Nullable;

/**
 * May the origin ask this of this room? The table says what is asked: the room's server ACL, and for what is not built
 * its members too. Who may see which event, the owner of the events asks.
 */
@Singleton
public class AuthoriseFilter {

    // Filters are made before the configuration can be read: what depends on it comes with the first request.
    private final Provider<AskServerAcl> acl;
    private final Provider<RoomMembers> members;
    private final FederationRequest request;
    private final RoomOfRequest roomOfRequest;

    AuthoriseFilter(
            Provider<AskServerAcl> acl,
            Provider<RoomMembers> members,
            FederationRequest request,
            RoomOfRequest roomOfRequest) {
        this.acl = acl;
        this.members = members;
        this.request = request;
        this.roomOfRequest = roomOfRequest;
    }

    /** Fails with 403 M_FORBIDDEN, or lets the request through. */
    @ServerRequestFilter(priority = Priorities.AUTHORIZATION, nonBlocking = true)
    @FederationAuthenticated
    public Uni<@Nullable Response> authorise() {
        RoutingContext context = CurrentRequestManager.get().serverRequest().unwrap(RoutingContext.class);
        Target target = Target.of(context).orElseThrow(MatrixError::unrecognized);
        Operation operation = target.operation();
        // What cannot be a room ID is no room: the operation says so in its own words.
        Optional<RoomId> roomId = target.value("roomId").flatMap(RoomId::tryParse);
        if (operation.asksAcl() && roomId.isPresent()) {
            return acl.get()
                    .of(roomId.get(), request.origin())
                    .invoke(roomOfRequest::found)
                    .map(admitted -> null);
        }
        if (operation.asksMembership() && operation.notBuilt().isPresent()) {
            return requireMember(roomId).map(member -> null);
        }
        return Uni.createFrom().nullItem();
    }

    private Uni<Boolean> requireMember(Optional<RoomId> roomId) {
        return roomId.map(id -> members.get().isIn(id, request.origin()))
                .orElseGet(() -> Uni.createFrom().item(false))
                .invoke(AuthoriseFilter::requireIn);
    }

    private static void requireIn(boolean member) {
        if (!member) {
            throw MatrixError.forbidden("Your server is not in the room");
        }
    }
}
