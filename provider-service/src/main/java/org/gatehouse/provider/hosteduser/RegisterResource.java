package org.gatehouse.provider.hosteduser;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.provider.door.ClientPath;
import org.gatehouse.provider.door.Credentials;
import org.gatehouse.provider.door.ProviderConfig;
import org.gatehouse.provider.door.RequestBody;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.http.MatrixResponses;
import org.jspecify.annotations.Nullable;

/** POST register: by m.login.dummy where the client door is open, by application services always. */
@Path(ClientPath.BASE)
public class RegisterResource {

    private static final String DUMMY = "m.login.dummy";
    private static final String APP_SERVICE = "m.login.application_service";

    private final RegisterUser register;
    private final AppServices appServices;
    private final AddressedName addressed;
    private final ProviderConfig config;

    public RegisterResource(
            RegisterUser register, AppServices appServices, AddressedName addressed, ProviderConfig config) {
        this.register = register;
        this.appServices = appServices;
        this.addressed = addressed;
        this.config = config;
    }

    @POST
    @Path(ClientPath.V3 + "/register")
    public Response register(
            @QueryParam("kind") @Nullable String kind,
            @HeaderParam("Host") @Nullable String host,
            @BeanParam Credentials credentials,
            byte[] body) {
        JsonObject request = RequestBody.objectOrEmpty(body);
        if (request.string("type").filter(APP_SERVICE::equals).isPresent()) {
            return registered(wish(request, addressed.of(host), Optional.of(appService(credentials))));
        }
        requireOpenDoor();
        if ("guest".equals(kind)) {
            throw new MatrixError(403, "M_GUEST_ACCESS_FORBIDDEN", "There are no guests here");
        }
        if (!isAuthenticated(request)) {
            return MatrixResponses.json(401, flows(request));
        }
        return registered(wish(request, addressed.of(host), Optional.empty()));
    }

    @GET
    @Path(ClientPath.V3 + "/register/available")
    public Response available(
            @QueryParam("username") @Nullable String username, @HeaderParam("Host") @Nullable String host) {
        requireOpenDoor();
        if (username == null) {
            throw MatrixError.missingParam("username is missing");
        }
        register.requireAvailable(username, addressed.of(host));
        return MatrixResponses.json(JsonObject.EMPTY.with("available", true));
    }

    private void requireOpenDoor() {
        if (!config.clientDoor()) {
            throw MatrixError.forbidden("Registration is closed");
        }
    }

    private AppService appService(Credentials credentials) {
        return credentials
                .bearer()
                .map(token -> appServices
                        .byToken(token)
                        .orElseThrow(() -> new MatrixError(401, "M_UNKNOWN_TOKEN", "Unknown application service")))
                .orElseThrow(() -> new MatrixError(401, "M_MISSING_TOKEN", "No access token in the request"));
    }

    private static boolean isAuthenticated(JsonObject request) {
        return request.object("auth")
                .flatMap(auth -> auth.string("type"))
                .filter(DUMMY::equals)
                .isPresent();
    }

    /** User-interactive authentication with the one stage that asks for nothing. */
    private static JsonObject flows(JsonObject request) {
        String session = request.object("auth")
                .flatMap(auth -> auth.string("session"))
                .orElseGet(() -> UUID.randomUUID().toString());
        JsonObject flow = JsonObject.of("stages", JsonArray.ofStrings(java.util.List.of(DUMMY)));
        return JsonObject.builder()
                .put("flows", JsonArray.of(flow))
                .put("params", JsonObject.EMPTY)
                .put("session", session)
                .build();
    }

    private static RegisterUser.Wish wish(JsonObject request, ServerName server, Optional<AppService> service) {
        return new RegisterUser.Wish(
                server,
                request.string("username"),
                request.string("device_id"),
                request.string("initial_device_display_name").orElse(""),
                request.bool("inhibit_login").orElse(false),
                service);
    }

    private Response registered(RegisterUser.Wish wish) {
        RegisterUser.Registered registered = register.register(wish);
        JsonObject answer = JsonObject.builder()
                .put("home_server", registered.userId().serverName().value())
                .put("user_id", registered.userId().value())
                .build();
        if (registered.session().isPresent()) {
            RegisterUser.OpenedSession session = registered.session().get();
            answer = answer.with("access_token", session.token().secret()).with("device_id", session.deviceId());
        }
        return MatrixResponses.json(answer);
    }
}
