package org.gatehouse.provider.hosteduser;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.provider.door.Authenticate;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.provider.door.Requester;
import org.gatehouse.runtime.http.MatrixResponses;

/** Who am I, and leave me alone. */
@Path(ClientPath.BASE)
public class AccountResource {

    private final Authenticate authenticate;
    private final Sessions sessions;

    public AccountResource(Authenticate authenticate, Sessions sessions) {
        this.authenticate = authenticate;
        this.sessions = sessions;
    }

    @GET
    @Path(ClientPath.V3 + "/account/whoami")
    public Response whoami(@BeanParam Credentials credentials) {
        Requester me = authenticate.requester(credentials);
        JsonObject answer =
                JsonObject.EMPTY.with("user_id", me.userId().value()).with("is_guest", false);
        return MatrixResponses.json(me.appService().isPresent() ? answer : answer.with("device_id", me.deviceId()));
    }

    /** The client door knows no passwords: an account is used from the session that registration opened. */
    @GET
    @Path(ClientPath.V3 + "/login")
    public Response loginFlows() {
        JsonObject flow = JsonObject.EMPTY.with("type", "m.login.application_service");
        return MatrixResponses.json(JsonObject.of("flows", JsonArray.of(flow)));
    }

    @POST
    @Path(ClientPath.V3 + "/logout")
    public Response logout(@BeanParam Credentials credentials) {
        Requester me = authenticate.requester(credentials);
        me.token().ifPresent(token -> sessions.close(new Session(me.userId(), me.deviceId()), token));
        return MatrixResponses.json(JsonObject.EMPTY);
    }

    @POST
    @Path(ClientPath.V3 + "/logout/all")
    public Response logoutAll(@BeanParam Credentials credentials) {
        sessions.closeAll(authenticate.requester(credentials).userId());
        return MatrixResponses.json(JsonObject.EMPTY);
    }
}
