package org.gatehouse.ingress.forward;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.gatehouse.ingress.roomfacts.KnownRoom;
import org.gatehouse.ingress.roomfacts.RoomFactsView;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.requestauth.FederationRequest;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/**
 * Hands the request that is being answered to another service: path and query as they came, the verified origin beside
 * them. The room's server ACL is asked here, membership and visibility by the owner of the data.
 */
@RequestScoped
class ForwardRead {

    private static final String PUBLIC = "/_matrix/federation/v1/";
    private static final String INTERNAL = "/internal/federation/";
    private static final Duration DEADLINE = Duration.ofSeconds(55);

    private final InternalClient services;
    private final RoomFactsView rooms;
    private final FederationRequest request;
    private final HttpServerRequest http;

    ForwardRead(InternalClient services, RoomFactsView rooms, FederationRequest request, HttpServerRequest http) {
        this.services = services;
        this.rooms = rooms;
        this.request = request;
        this.http = http;
    }

    /** The owner's answer as it is, or 403 if the room's ACL denies the origin. */
    Uni<Response> to(InternalOperation operation) {
        String path = http.path().substring(PUBLIC.length());
        InternalCall call = InternalCall.forward(operation, http.method().name(), INTERNAL + path, http.query())
                .onBehalfOf(request.origin().toString(), request.destination().toString())
                .deadline(DEADLINE);
        request.body().ifPresent(body -> call.body(CanonicalJson.write(body)));
        return requireAdmitted(path)
                .chain(() -> services.call(call))
                .map(answer -> MatrixResponses.json(answer.status(), answer.body()));
    }

    private Uni<Void> requireAdmitted(String path) {
        String[] segments = path.split("/");
        Optional<RoomId> roomId = segments.length < 2
                ? Optional.empty()
                : RoomId.tryParse(java.net.URLDecoder.decode(
                        segments[1].replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8));
        return roomId.map(id -> rooms.of(id)
                        .invoke(room -> room.ifPresent(this::requireAdmitted))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private void requireAdmitted(KnownRoom room) {
        if (!room.admits(request.origin())) {
            throw MatrixError.forbidden("the room's server ACL denies this server");
        }
    }
}
