package org.gatehouse.eventgraph.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.gatehouse.runtime.log.LogUnavailable;

/** Runs many statements side by side, within what the connections take. For worker threads. */
@Singleton
public class Statements {

    private static final int MOST_IN_FLIGHT = 512;
    private static final int BATCH_BYTES = 32 * 1024;
    private static final int BATCH_ROWS = 64;

    private final CqlSession session;
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);

    public Statements(CqlSession session) {
        this.session = session;
    }

    PreparedStatement prepare(String cql) {
        return session.prepare(SimpleStatement.builder(cql).setIdempotence(true).build());
    }

    CqlSession session() {
        return session;
    }

    /** Runs all; returns their results, in their order, or throws the first failure. */
    List<AsyncResultSet> runAll(List<? extends Statement<?>> statements) {
        List<CompletableFuture<AsyncResultSet>> running = new ArrayList<>(statements.size());
        for (Statement<?> statement : statements) {
            running.add(start(statement));
        }
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return running.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<AsyncResultSet> start(Statement<?> statement) {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable("interrupted before a statement", e);
        }
        return session.executeAsync(statement)
                .toCompletableFuture()
                .whenComplete((result, failure) -> inFlight.release());
    }

    /** A row to be written, with about its size. */
    record SizedRow(BoundStatement statement, int bytes) {}

    /** Packs rows of one partition into as few statements as may be. */
    static List<Statement<?>> packed(List<SizedRow> rows) {
        List<Statement<?>> statements = new ArrayList<>();
        List<SizedRow> batch = new ArrayList<>();
        int bytes = 0;
        for (SizedRow row : rows) {
            if (!batch.isEmpty() && (bytes + row.bytes() > BATCH_BYTES || batch.size() == BATCH_ROWS)) {
                statements.add(toStatement(batch));
                batch.clear();
                bytes = 0;
            }
            batch.add(row);
            bytes += row.bytes();
        }
        if (!batch.isEmpty()) {
            statements.add(toStatement(batch));
        }
        return statements;
    }

    private static Statement<?> toStatement(List<SizedRow> rows) {
        if (rows.size() == 1) {
            return rows.get(0).statement();
        }
        BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
        rows.forEach(row -> batch.addStatement(row.statement()));
        return batch.setIdempotence(true).build();
    }
}
