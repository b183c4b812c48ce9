package org.gatehouse.provider.hosteduser;

import java.util.Optional;
import org.gatehouse.matrix.identifier.UserId;

/**
 * A user of one of our server names.
 *
 * @param appService the application service that registered it, if one did
 * @param createdMs milliseconds since the epoch
 */
public record HostedUser(UserId userId, Optional<String> appService, long createdMs) {}
