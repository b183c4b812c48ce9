package org.gatehouse.provider.hosteduser;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.AppServices;

/** The sender of an application service exists without being registered by anybody. */
@ApplicationScoped
class RegisterSenders {

    private final AppServices appServices;
    private final HostedUsers users;
    private final Clock clock;

    RegisterSenders(AppServices appServices, HostedUsers users, Clock clock) {
        this.appServices = appServices;
        this.users = users;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        for (AppService service : appServices.all()) {
            // False if it is there from an earlier start.
            boolean unused =
                    users.register(new HostedUser(service.sender(), Optional.of(service.id()), clock.millis()));
        }
    }
}
