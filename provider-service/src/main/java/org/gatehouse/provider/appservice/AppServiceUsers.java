package org.gatehouse.provider.appservice;

import org.gatehouse.matrix.identifier.UserId;

/** The users that an application service can make when they are asked for. */
public interface AppServiceUsers {

    /** Whether the service has, or has just made, the user; false also if it does not answer. */
    boolean exists(AppService service, UserId userId);
}
