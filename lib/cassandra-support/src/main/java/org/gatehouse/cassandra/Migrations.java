package org.gatehouse.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Brings the keyspaces of a cluster to the schema of this release. Two runners at once are safe: each keyspace has a
 * lock, taken by LWT, that expires by itself if its holder dies.
 */
public final class Migrations {

    private static final Logger LOG = Logger.getLogger(Migrations.class);

    /** For one node: a single replica. In production pass the replication of your data centres. */
    public static final String SINGLE_REPLICA = "{'class': 'SimpleStrategy', 'replication_factor': 1}";

    private static final Duration DDL_TIMEOUT = Duration.ofSeconds(30);

    private Migrations() {}

    /**
     * A session to run them with, to be closed by the caller.
     *
     * @param waiting hears a sentence each time it has to wait
     * @throws CassandraUnavailable if no node answers in {@link CassandraNodes#startTimeout()}
     */
    public static CqlSession open(CassandraNodes nodes, Consumer<String> waiting) {
        return SessionOpening.withoutKeyspace(nodes, waiting).open();
    }

    /**
     * Runs what has not been run.
     *
     * @param session without a keyspace of its own
     * @param keyspacePrefix put before each keyspace's name, may be empty
     * @param replication a CQL map, such as {@link #SINGLE_REPLICA}; used only for keyspaces that do not exist yet
     * @return how many files were run
     * @throws SchemaMismatch if a file was changed after it was run
     */
    public static int run(CqlSession session, String keyspacePrefix, String replication) {
        return run(session, keyspacePrefix, replication, SchemaFiles.all());
    }

    static int run(CqlSession session, String keyspacePrefix, String replication, Map<String, List<Migration>> schema) {
        int ran = 0;
        for (Map.Entry<String, List<Migration>> keyspace : schema.entrySet()) {
            ran += migrate(session, keyspacePrefix + keyspace.getKey(), replication, keyspace.getValue());
        }
        return ran;
    }

    private static int migrate(CqlSession session, String keyspace, String replication, List<Migration> migrations) {
        ddl(session, "CREATE KEYSPACE IF NOT EXISTS " + keyspace + " WITH replication = " + replication);
        ddl(
                session,
                "CREATE TABLE IF NOT EXISTS " + keyspace + ".schema_migrations (scope text, number int, name text,"
                        + " checksum text, applied_at timestamp, PRIMARY KEY (scope, number))"
                        + withIdOf(keyspace, "schema_migrations"));
        ddl(
                session,
                "CREATE TABLE IF NOT EXISTS " + keyspace + ".schema_lock (scope text PRIMARY KEY, holder text)"
                        + withIdOf(keyspace, "schema_lock"));
        if (isCurrent(session, keyspace, migrations)) {
            return 0;
        }
        try (SchemaLock lock = SchemaLock.take(session, keyspace)) {
            return runMissing(session, keyspace, migrations, lock);
        }
    }

    /**
     * Before there is a lock two runners may create these two tables through two nodes. With an ID of Cassandra's choice
     * each node would have a table of its own, and the nodes would never agree on the schema.
     */
    private static String withIdOf(String keyspace, String table) {
        String name = "gatehouse/" + keyspace + "." + table;
        return " WITH id = " + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static int runMissing(CqlSession session, String keyspace, List<Migration> migrations, SchemaLock lock) {
        Map<Integer, String> applied = applied(session, keyspace);
        int ran = 0;
        for (Migration migration : migrations) {
            String checksum = applied.get(migration.number());
            if (checksum != null) {
                requireSame(keyspace, migration, checksum);
                continue;
            }
            LOG.infof("schema of %s: %04d %s", keyspace, migration.number(), migration.name());
            for (String statement : migration.statements()) {
                lock.renew();
                session.execute(SimpleStatement.newInstance(statement)
                        .setKeyspace(keyspace)
                        .setTimeout(DDL_TIMEOUT));
            }
            session.execute(SimpleStatement.newInstance(
                    "INSERT INTO " + keyspace + ".schema_migrations (scope, number, name, checksum, applied_at)"
                            + " VALUES ('schema', ?, ?, ?, ?)",
                    migration.number(),
                    migration.name(),
                    migration.checksum(),
                    Instant.now()));
            ran++;
        }
        return ran;
    }

    /** Whether all migrations were run, with the same text. */
    static boolean isCurrent(CqlSession session, String keyspace, List<Migration> migrations) {
        Map<Integer, String> applied = applied(session, keyspace);
        boolean current = true;
        for (Migration migration : migrations) {
            String checksum = applied.get(migration.number());
            if (checksum == null) {
                current = false;
            } else {
                requireSame(keyspace, migration, checksum);
            }
        }
        return current;
    }

    private static void requireSame(String keyspace, Migration migration, String checksum) {
        if (!checksum.equals(migration.checksum())) {
            throw new SchemaMismatch("schema file %04d-%s of %s is not the one that was run: add a new file instead"
                    .formatted(migration.number(), migration.name(), keyspace));
        }
    }

    private static Map<Integer, String> applied(CqlSession session, String keyspace) {
        ResultSet rows = session.execute(
                "SELECT number, checksum FROM " + keyspace + ".schema_migrations WHERE scope = 'schema'");
        Map<Integer, String> applied = new HashMap<>();
        for (Row row : rows) {
            applied.put(row.getInt("number"), String.valueOf(row.getString("checksum")));
        }
        return applied;
    }

    private static void ddl(CqlSession session, String statement) {
        session.execute(SimpleStatement.newInstance(statement).setTimeout(DDL_TIMEOUT));
    }
}
