package org.gatehouse.provider.sync;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.door.Authenticate;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.provider.door.RequestBody;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;

/** Keeps filters for sync. */
@Path(ClientPath.BASE)
public class FilterResource {

    private static final int ID_BYTES = 8;

    private final Authenticate authenticate;
    private final StoredFilters filters;

    FilterResource(Authenticate authenticate, StoredFilters filters) {
        this.authenticate = authenticate;
        this.filters = filters;
    }

    @POST
    @Path(ClientPath.V3 + "/user/{userId}/filter")
    public Response upload(@BeanParam Credentials credentials, @PathParam("userId") String userId, byte[] body) {
        UserId me = own(credentials, userId);
        JsonObject definition = RequestBody.object(body);
        String filterId = idOf(definition);
        filters.put(me, filterId, definition);
        return MatrixResponses.json(JsonObject.EMPTY.with("filter_id", filterId));
    }

    @GET
    @Path(ClientPath.V3 + "/user/{userId}/filter/{filterId}")
    public Response find(
            @BeanParam Credentials credentials,
            @PathParam("userId") String userId,
            @PathParam("filterId") String filterId) {
        return MatrixResponses.json(filters.find(own(credentials, userId), filterId)
                .orElseThrow(() -> MatrixError.notFound("There is no filter of that ID")));
    }

    private UserId own(Credentials credentials, String userId) {
        Requester me = authenticate.requester(credentials);
        if (!me.userId().value().equals(userId)) {
            throw MatrixError.forbidden("The filters of another user");
        }
        return me.userId();
    }

    /** The same definition has the same ID; an ID never begins with a brace, as inline filters do. */
    private static String idOf(JsonObject definition) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(CanonicalJson.write(definition));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
