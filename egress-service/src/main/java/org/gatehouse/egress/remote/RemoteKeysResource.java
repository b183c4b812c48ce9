package org.gatehouse.egress.remote;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;

/** Fetches the keys that a server publishes; key-service judges them. */
@Path("/internal/remote-keys/{server}")
@Blocking
class RemoteKeysResource {

    private final FederationClient client;

    RemoteKeysResource(FederationClient client) {
        this.client = client;
    }

    @GET
    @Internal(InternalOperation.REMOTE_KEYS)
    public Response keys(@PathParam("server") String server) {
        ServerName name = ServerName.tryParse(server).orElseThrow(() -> MatrixError.invalidParam("server"));
        try {
            return MatrixResponses.json(200, client.keys(name));
        } catch (RemoteRefusal e) {
            throw RemoteErrors.badGateway(name, "answered " + e.status());
        } catch (RuntimeException e) {
            throw RemoteErrors.of(name, e);
        }
    }
}
