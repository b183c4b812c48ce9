package org.gatehouse.provider.hosteduser;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.gatehouse.runtime.internal.Internal;
import org.gatehouse.runtime.internal.InternalOperation;

/** Tells ingress whether a user lives here. */
@Path("/internal/users")
public class HostedUserResource {

    private final FindHostedUser find;

    public HostedUserResource(FindHostedUser find) {
        this.find = find;
    }

    @GET
    @Path("/{userId}")
    @Internal(InternalOperation.HOSTED_USER)
    public Response hostedUser(@PathParam("userId") String text) {
        UserId userId = UserId.tryParse(text).orElseThrow(() -> MatrixError.invalidParam("no user ID"));
        if (!find.isHosted(userId)) {
            throw MatrixError.notFound("No such user");
        }
        return MatrixResponses.json(JsonObject.EMPTY.with("user_id", userId.value()));
    }
}
