package org.gatehouse.provider.door;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a request of the Client-Server API says who it comes from. */
public class Credentials {

    private static final String BEARER = "Bearer ";

    @HeaderParam("Authorization")
    @Nullable
    String authorization;

    @QueryParam("access_token")
    @Nullable
    String queryToken;

    @QueryParam("user_id")
    @Nullable
    String userId;

    @QueryParam("device_id")
    @Nullable
    String deviceId;

    /** The access token, from the header or else from the query. */
    public Optional<String> bearer() {
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).strip()).filter(token -> !token.isEmpty());
        }
        return Optional.ofNullable(queryToken).filter(token -> !token.isEmpty());
    }

    /** Whom an application service speaks for. */
    Optional<String> masquerade() {
        return Optional.ofNullable(userId);
    }

    Optional<String> device() {
        return Optional.ofNullable(deviceId);
    }
}
