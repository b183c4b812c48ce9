package org.gatehouse.stateresolution.room;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Statements of a session, prepared when first used. All of them may be repeated. For worker threads. */
final class Statements {

    /** Below the size at which Cassandra refuses a batch (50 KiB). */
    private static final int BATCH_BYTES = 32 * 1024;

    private static final int BATCH_ROWS = 100;
    private static final int IN_FLIGHT = 64;

    private final CqlSession session;
    private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

    Statements(CqlSession session) {
        this.session = session;
    }

    ResultSet read(String cql, Object... values) {
        return session.execute(bind(cql, values));
    }

    CompletionStage<AsyncResultSet> readAsync(String cql, Object... values) {
        return session.executeAsync(bind(cql, values));
    }

    void write(BoundStatement statement) {
        session.execute(statement);
    }

    BoundStatement bind(String cql, Object... values) {
        return prepared.computeIfAbsent(cql, session::prepare).bind(values).setIdempotent(true);
    }

    /** Writes rows side by side, those of one partition together. Returns when all are written. */
    void writeAll(List<Row> rows) {
        Map<String, List<Row>> byPartition = new LinkedHashMap<>();
        for (Row row : rows) {
            byPartition
                    .computeIfAbsent(row.partition(), partition -> new ArrayList<>())
                    .add(row);
        }
        Deque<CompletionStage<AsyncResultSet>> running = new ArrayDeque<>();
        for (List<Row> partition : byPartition.values()) {
            for (Statement<?> statement : statements(partition)) {
                if (running.size() >= IN_FLIGHT) {
                    await(running.poll());
                }
                running.add(session.executeAsync(statement));
            }
        }
        running.forEach(Statements::await);
    }

    /** Waits, and throws the driver's own exception. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static List<Statement<?>> statements(List<Row> partition) {
        List<Statement<?>> statements = new ArrayList<>();
        List<BoundStatement> batch = new ArrayList<>();
        int bytes = 0;
        for (Row row : partition) {
            if (!batch.isEmpty() && (bytes + row.bytes() > BATCH_BYTES || batch.size() >= BATCH_ROWS)) {
                statements.add(together(batch));
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(row.statement());
            bytes += row.bytes();
        }
        if (!batch.isEmpty()) {
            statements.add(together(batch));
        }
        return statements;
    }

    private static Statement<?> together(List<BoundStatement> rows) {
        if (rows.size() == 1) {
            return rows.get(0);
        }
        BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
        rows.forEach(batch::addStatement);
        return batch.setIdempotence(true).build();
    }

    /**
     * A row to be written.
     *
     * @param partition table and partition key
     * @param bytes about how large it is
     */
    record Row(String partition, int bytes, BoundStatement statement) {}
}
