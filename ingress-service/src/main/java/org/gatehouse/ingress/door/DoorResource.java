package org.gatehouse.ingress.door;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.InternalCall;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

/** What is answered without authentication. Which hosted name is meant, the Host header says. */
@Path("/")
class DoorResource {

    private final InternalClient services;
    private final ClusterConfig cluster;
    private final Optional<String> wellKnownServer;
    private final String version;

    DoorResource(
            InternalClient services,
            ClusterConfig cluster,
            @ConfigProperty(name = "gatehouse.ingress.well-known-server") Optional<String> wellKnownServer,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.services = services;
        this.cluster = cluster;
        this.wellKnownServer = wellKnownServer;
        this.version = version;
    }

    /** {@code GET /_matrix/federation/v1/version}. */
    @GET
    @Path("/_matrix/federation/v1/version")
    public Response version() {
        JsonObject server = JsonObject.EMPTY.with("name", "Gatehouse").with("version", version);
        return MatrixResponses.json(JsonObject.EMPTY.with("server", server));
    }

    /** {@code GET /.well-known/matrix/server}: 404 unless the operator delegates. */
    @GET
    @Path("/.well-known/matrix/server")
    public Response wellKnown() {
        return wellKnownServer
                .map(server -> MatrixResponses.json(JsonObject.EMPTY.with("m.server", server)))
                .orElseThrow(() -> MatrixError.notFound("no delegation"));
    }

    /** {@code GET /.well-known/matrix/policy_server}: the key of the Host's name in that role, 404 if it has none. */
    @GET
    @Path("/.well-known/matrix/policy_server")
    public Uni<Response> policyServer(HttpServerRequest http) {
        return services.call(InternalCall.to(
                        InternalOperation.POLICY_KEY, addressed(http).toString()))
                .map(answer -> MatrixResponses.json(
                        JsonObject.EMPTY.with("public_keys", answer.requireOk().json())));
    }

    /** {@code GET /_matrix/key/v2/server}. */
    @GET
    @Path("/_matrix/key/v2/server")
    public Uni<Response> keys(HttpServerRequest http) {
        return ownKeys(http);
    }

    /** The form with a key ID, which the specification dropped and servers still ask for. */
    @GET
    @Path("/_matrix/key/v2/server/{keyId}")
    public Uni<Response> keysOfOld(HttpServerRequest http) {
        return ownKeys(http);
    }

    private Uni<Response> ownKeys(HttpServerRequest http) {
        ServerName addressed = addressed(http);
        InternalCall call =
                InternalCall.to(InternalOperation.OWN_KEYS).header("X-Gatehouse-Destination", addressed.toString());
        return services.call(call).map(answer -> MatrixResponses.json(answer.status(), answer.body()));
    }

    /** The hosted name of the Host header; if it names none of ours and we host only one, that one. */
    private ServerName addressed(HttpServerRequest http) {
        Optional<ServerName> named = Optional.ofNullable(http.authority())
                .flatMap(host -> ServerName.tryParse(host.toString()))
                .filter(cluster::hosts);
        if (named.isEmpty() && cluster.serverNames().size() > 1) {
            throw MatrixError.notFound("this name is not hosted here");
        }
        return named.orElseGet(() -> cluster.serverNames().get(0));
    }
}
