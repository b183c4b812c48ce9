package org.gatehouse.provider.door;

import java.util.Optional;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.hosteduser.TokenHash;

/**
 * Who makes a request.
 *
 * @param deviceId names the sender's transactions; for an application service without a device it is the service's own
 * @param appService the ID of the application service that speaks for the user, if one does
 * @param token by which a session is closed; none for an application service
 */
public record Requester(UserId userId, String deviceId, Optional<String> appService, Optional<TokenHash> token) {}
