package org.gatehouse.runtime.internal;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;

/** What the tests call. */
@Path("/")
public class TestResource {

    @POST
    @Path("/internal/sign/request")
    @Internal(InternalOperation.SIGN_REQUEST)
    public Response signRequest(byte[] body) {
        return MatrixResponses.json(JsonObject.of("echo", StrictJson.parseObject(body)));
    }

    @POST
    @Path("/internal/verify-keys")
    @Internal(InternalOperation.VERIFY_KEYS)
    public Uni<Response> slow(byte[] body) {
        return Uni.createFrom()
                .item(MatrixResponses.json(JsonObject.EMPTY))
                .onItem()
                .delayIt()
                .by(Duration.ofSeconds(3));
    }

    @GET
    @Path("/internal/forgotten")
    public Response withoutAnnotation() {
        return MatrixResponses.json(JsonObject.EMPTY);
    }

    @GET
    @Path("/_matrix/client/{what}")
    public Response open(@PathParam("what") String what) {
        if (what.equals("error")) {
            throw new MatrixError(429, "M_LIMIT_EXCEEDED", "Slowly", java.util.Optional.of(Duration.ofSeconds(2)));
        }
        if (what.equals("bug")) {
            throw new IllegalStateException("a secret");
        }
        return MatrixResponses.json(JsonObject.builder().put("what", what).build());
    }
}
