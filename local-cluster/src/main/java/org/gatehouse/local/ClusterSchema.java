package org.gatehouse.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import org.gatehouse.cassandra.Migrations;
import org.gatehouse.cassandra.SchemaMismatch;

/** Brings the keyspaces of a cluster up to date before its services start. */
public final class ClusterSchema {
    private ClusterSchema() {}

    /** Runs the schema files that have not run yet on this cluster's keyspaces. */
    public static void migrate(CassandraProcess cassandra, String keyspacePrefix) {
        try (CqlSession session = cassandra.session()) {
            if (Migrations.run(session, keyspacePrefix, Migrations.SINGLE_REPLICA) > 0) {
                cassandra.flushSchema();
            }
        } catch (DriverException | SchemaMismatch e) {
            throw new ClusterProblem(
                    "Cannot prepare the keyspaces %s*: %s".formatted(keyspacePrefix, e.getMessage()), e);
        }
    }
}
