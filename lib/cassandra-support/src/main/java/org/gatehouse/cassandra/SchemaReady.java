package org.gatehouse.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the service's keyspace lacks a migration of this release. */
@Readiness
@ApplicationScoped
class SchemaReady implements HealthCheck {

    private final CqlSession session;
    private final String keyspace;
    private final List<Migration> migrations;
    private volatile boolean current;

    SchemaReady(
            CqlSession session,
            CassandraConfig config,
            @ConfigProperty(name = "gatehouse.keyspace-prefix") Optional<String> keyspacePrefix) {
        this.session = session;
        this.keyspace = keyspacePrefix.orElse("") + config.keyspace();
        this.migrations = SchemaFiles.of(config.keyspace());
    }

    @Override
    public HealthCheckResponse call() {
        // Migrations are additive: a schema that was current once stays so for this release.
        if (current) {
            return answer(true, "current");
        }
        try {
            current = Migrations.isCurrent(session, keyspace, migrations);
            return answer(current, current ? "current" : "behind: run the migrations");
        } catch (DriverException | SchemaMismatch e) {
            return answer(false, String.valueOf(e.getMessage()));
        }
    }

    private HealthCheckResponse answer(boolean up, String schema) {
        return HealthCheckResponse.named("cassandra-schema")
                .status(up)
                .withData("keyspace", keyspace)
                .withData("schema", schema)
                .build();
    }
}
