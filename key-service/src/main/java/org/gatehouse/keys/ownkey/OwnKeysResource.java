package org.gatehouse.keys.ownkey;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;
import org.jspecify.annotations.Nullable;

/** GET /_matrix/key/v2/server, as ingress forwards it. */
@Path("/internal/federation/key/v2/server")
class OwnKeysResource {

    private final OwnKeys keys;

    OwnKeysResource(OwnKeys keys) {
        this.keys = keys;
    }

    /** @param destination the server name that was addressed */
    @GET
    @NonBlocking
    @Internal(InternalOperation.OWN_KEYS)
    public Response publish(@HeaderParam("X-Gatehouse-Destination") @Nullable String destination) {
        return Optional.ofNullable(destination)
                .flatMap(ServerName::tryParse)
                .flatMap(keys::publishedBy)
                .map(published -> MatrixResponses.json(published.json()))
                .orElseThrow(() -> MatrixError.notFound("No such server here"));
    }
}
