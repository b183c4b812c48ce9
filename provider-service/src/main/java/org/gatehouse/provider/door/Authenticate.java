package org.gatehouse.provider.door;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.provider.hosteduser.AccessToken;
import org.gatehouse.provider.hosteduser.HostedUsers;
import org.gatehouse.provider.hosteduser.Sessions;
import org.gatehouse.provider.hosteduser.TokenHash;
import org.gatehouse.runtime.http.MatrixError;

/** Finds out who makes a request (Client-Server API, "Client authentication"; Application Service API, "Identity assertion"). */
@ApplicationScoped
public class Authenticate {

    private final AppServices appServices;
    private final HostedUsers users;
    private final Sessions sessions;
    private final ProviderConfig config;

    public Authenticate(AppServices appServices, HostedUsers users, Sessions sessions, ProviderConfig config) {
        this.appServices = appServices;
        this.users = users;
        this.sessions = sessions;
        this.config = config;
    }

    /**
     * Who makes the request.
     *
     * @throws MatrixError 401 without a known token, 403 if an application service may not speak for that user
     */
    public Requester requester(Credentials credentials) {
        String token = credentials
                .bearer()
                .orElseThrow(() -> new MatrixError(401, "M_MISSING_TOKEN", "No access token in the request"));
        Optional<AppService> service = appServices.byToken(token);
        return service.isPresent() ? masquerading(service.get(), credentials) : holderOf(new AccessToken(token));
    }

    private Requester holderOf(AccessToken token) {
        if (!config.clientDoor()) {
            throw unknownToken();
        }
        TokenHash hash = token.hash();
        return sessions.find(hash)
                .map(session ->
                        new Requester(session.userId(), session.deviceId(), Optional.empty(), Optional.of(hash)))
                .orElseThrow(Authenticate::unknownToken);
    }

    private Requester masquerading(AppService service, Credentials credentials) {
        UserId user = credentials.masquerade().map(Authenticate::userId).orElse(service.sender());
        if (!service.speaksFor(user)) {
            throw MatrixError.forbidden("The application service may not speak for " + user);
        }
        if (!user.equals(service.sender()) && users.find(user).isEmpty()) {
            throw MatrixError.forbidden("The application service has not registered " + user);
        }
        String device = credentials.device().orElse("app-service:" + service.id());
        return new Requester(user, device, Optional.of(service.id()), Optional.empty());
    }

    private static UserId userId(String text) {
        return UserId.tryParse(text).orElseThrow(() -> MatrixError.invalidParam("user_id is no user ID"));
    }

    private static MatrixError unknownToken() {
        return new MatrixError(401, "M_UNKNOWN_TOKEN", "Unknown access token");
    }
}
