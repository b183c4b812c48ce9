package org.gatehouse.provider.hosteduser;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.runtime.http.MatrixError;

/** Makes a hosted user, and a first session unless it is not wanted. */
@ApplicationScoped
public class RegisterUser {

    private static final int DEVICE_ID_LENGTH = 10;

    private final HostedUsers users;
    private final Sessions sessions;
    private final AppServices appServices;
    private final SecureRandom random;
    private final Clock clock;

    public RegisterUser(
            HostedUsers users, Sessions sessions, AppServices appServices, SecureRandom random, Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.appServices = appServices;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What is wished.
     *
     * @param appService the application service that registers the user, if one does
     */
    public record Wish(
            ServerName server,
            Optional<String> username,
            Optional<String> deviceId,
            String displayName,
            boolean inhibitLogin,
            Optional<AppService> appService) {}

    /**
     * A new user.
     *
     * @param session absent if no login was wanted
     */
    public record Registered(UserId userId, Optional<OpenedSession> session) {}

    /** A session with the token that is shown once. */
    public record OpenedSession(String deviceId, AccessToken token) {}

    /**
     * Makes the user.
     *
     * @throws MatrixError 400 M_INVALID_USERNAME, M_EXCLUSIVE or M_USER_IN_USE
     */
    public Registered register(Wish wish) {
        UserId userId = userIdFor(wish);
        Optional<String> owner = wish.appService().map(AppService::id);
        if (!users.register(new HostedUser(userId, owner, clock.millis()))) {
            throw inUse();
        }
        return new Registered(userId, wish.inhibitLogin() ? Optional.empty() : Optional.of(open(userId, wish)));
    }

    /**
     * Returns if the name could be registered.
     *
     * @throws MatrixError as {@link #register} would
     */
    public void requireAvailable(String username, ServerName server) {
        UserId userId = Localparts.userId(username, server);
        requireNotExclusive(userId);
        if (users.find(userId).isPresent()) {
            throw inUse();
        }
    }

    private UserId userIdFor(Wish wish) {
        String name = wish.username().orElseGet(() -> Localparts.generate(random));
        UserId userId = Localparts.userId(name, wish.server());
        if (wish.appService().isEmpty()) {
            requireNotExclusive(userId);
        } else if (!wish.appService().get().speaksFor(userId)) {
            throw exclusive("The user is not in the application service's namespaces");
        } else if (appServices.isExclusiveToAnother(userId, wish.appService().get())) {
            throw exclusive("The user is in another application service's namespace");
        }
        return userId;
    }

    private void requireNotExclusive(UserId userId) {
        if (appServices.isExclusive(userId)) {
            throw exclusive("The user name is reserved for an application service");
        }
    }

    private OpenedSession open(UserId userId, Wish wish) {
        String device = wish.deviceId()
                .orElseGet(() -> Localparts.generate(random)
                        .substring(0, DEVICE_ID_LENGTH)
                        .toUpperCase(java.util.Locale.ROOT));
        AccessToken token = AccessToken.generate(random);
        sessions.open(new Session(userId, device), token.hash(), wish.displayName());
        return new OpenedSession(device, token);
    }

    private static MatrixError inUse() {
        return new MatrixError(400, "M_USER_IN_USE", "The user name is taken");
    }

    private static MatrixError exclusive(String message) {
        return new MatrixError(400, "M_EXCLUSIVE", message);
    }
}
