package org.gatehouse.runtime.health;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while a consumer waits for Cassandra, Kafka or another service. */
@Default
@Readiness
@Singleton
public class WorkHealth implements HealthCheck {

    private static final int SHOWN = 5;

    private final Map<String, String> held = new ConcurrentHashMap<>();

    /** A consumer waits with the work of a key. */
    public void held(String consumer, String key, String reason) {
        held.put(consumer + " " + key, reason);
    }

    /** It goes on. */
    public void released(String consumer, String key) {
        held.remove(consumer + " " + key);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("work").status(held.isEmpty()).withData("held", held.size());
        held.entrySet().stream().limit(SHOWN).forEach(entry -> answer.withData(entry.getKey(), entry.getValue()));
        return answer.build();
    }
}
