package org.gatehouse.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The right to change one keyspace's schema, held by one runner at a time. */
final class SchemaLock implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SchemaLock.class);
    private static final int SECONDS_HELD = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final CqlSession session;
    private final String table;
    private final String holder = UUID.randomUUID().toString();

    private SchemaLock(CqlSession session, String keyspace) {
        this.session = session;
        this.table = keyspace + ".schema_lock";
    }

    /** Waits for the lock; a dead holder's expires after a minute. */
    static SchemaLock take(CqlSession session, String keyspace) {
        SchemaLock lock = new SchemaLock(session, keyspace);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!lock.tryTake()) {
            if (System.nanoTime() > deadline) {
                throw new SchemaMismatch("another runner holds the schema of " + keyspace + " for too long");
            }
            LOG.infof("another runner changes the schema of %s; waiting", keyspace);
            sleep();
        }
        return lock;
    }

    private boolean tryTake() {
        // After a timeout the insert may have been applied: then the row names us.
        Row row = session.execute(statement(
                        "INSERT INTO " + table + " (scope, holder) VALUES ('schema', ?) IF NOT EXISTS USING TTL "
                                + SECONDS_HELD,
                        holder))
                .one();
        return row != null && (row.getBoolean("[applied]") || holder.equals(row.getString("holder")));
    }

    /** Holds it for another minute. */
    void renew() {
        Row row = session.execute(statement(
                        "UPDATE " + table + " USING TTL " + SECONDS_HELD
                                + " SET holder = ? WHERE scope = 'schema' IF holder = ?",
                        holder,
                        holder))
                .one();
        if (!Objects.requireNonNull(row).getBoolean("[applied]")) {
            throw new SchemaMismatch("the lock of " + table + " was lost to another runner");
        }
    }

    @Override
    public void close() {
        session.execute(statement("DELETE FROM " + table + " WHERE scope = 'schema' IF holder = ?", holder));
    }

    private static SimpleStatement statement(String cql, Object... values) {
        return SimpleStatement.newInstance(cql, values).setTimeout(Duration.ofSeconds(15));
    }

    private static void sleep() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchemaMismatch("interrupted while waiting for the schema lock");
        }
    }
}
