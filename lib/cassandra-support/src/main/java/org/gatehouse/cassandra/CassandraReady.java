package org.gatehouse.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the session has no node that it can talk to. */
@Readiness
@ApplicationScoped
class CassandraReady implements HealthCheck {

    private final CqlSession session;

    CassandraReady(CqlSession session) {
        this.session = session;
    }

    @Override
    public HealthCheckResponse call() {
        long connected = session.getMetadata().getNodes().values().stream()
                .filter(CassandraReady::isUsable)
                .count();
        return HealthCheckResponse.named("cassandra")
                .status(connected > 0)
                .withData("nodes", connected)
                .build();
    }

    private static boolean isUsable(Node node) {
        return node.getState() == NodeState.UP && node.getOpenConnections() > 0;
    }
}
