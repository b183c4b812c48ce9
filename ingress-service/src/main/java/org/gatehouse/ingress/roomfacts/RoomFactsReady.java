package org.gatehouse.ingress.roomfacts;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when room-facts has been read to its end. */
@Readiness
@ApplicationScoped
class RoomFactsReady implements HealthCheck {

    private final RoomFactsTopic topic;

    RoomFactsReady(RoomFactsTopic topic) {
        this.topic = topic;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("room facts read to the end")
                .status(topic.isCaughtUp())
                .build();
    }
}
