package org.gatehouse.provider.hosteduser;

import org.gatehouse.matrix.identifier.UserId;

/** What an access token opens. */
public record Session(UserId userId, String deviceId) {}
