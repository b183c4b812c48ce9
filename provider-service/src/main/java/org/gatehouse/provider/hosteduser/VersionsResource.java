package org.gatehouse.provider.hosteduser;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.provider.door.Authenticate;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.runtime.http.MatrixResponses;

/** What this server can do. */
@Path(ClientPath.BASE)
public class VersionsResource {

    private static final List<String> VERSIONS =
            List.of("v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6", "v1.7", "v1.8", "v1.9", "v1.10", "v1.11");

    private final Authenticate authenticate;

    public VersionsResource(Authenticate authenticate) {
        this.authenticate = authenticate;
    }

    @GET
    @Path("/versions")
    public Response versions() {
        return MatrixResponses.json(
                JsonObject.of("unstable_features", JsonObject.EMPTY, "versions", JsonArray.ofStrings(VERSIONS)));
    }

    @GET
    @Path(ClientPath.V3 + "/capabilities")
    public Response capabilities(@BeanParam Credentials credentials) {
        authenticate.requester(credentials);
        JsonObject.Builder available = JsonObject.builder();
        for (RoomVersion version : RoomVersions.supported()) {
            available.put(version.id(), "stable");
        }
        JsonObject roomVersions = JsonObject.builder()
                .put("available", available.build())
                .put("default", RoomVersions.DEFAULT.id())
                .build();
        JsonObject capabilities = JsonObject.builder()
                .put("m.change_password", JsonObject.EMPTY.with("enabled", false))
                .put("m.room_versions", roomVersions)
                .build();
        return MatrixResponses.json(JsonObject.of("capabilities", capabilities));
    }
}
