package org.gatehouse.provider.delivery;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows to be written, those of one partition of a table in as few unlogged batches as may be: a row in a batch costs the
 * server a fraction of one alone. Below the size at which an untuned Cassandra refuses a batch.
 */
final class CassandraRows {

    private static final int MAX_BYTES = 32 * 1024;
    private static final int MAX_ROWS = 64;

    private final Map<String, Batch> open = new LinkedHashMap<>();
    private final List<Statement<?>> full = new ArrayList<>();

    /** @param bytes of the row, about */
    void add(String partition, BoundStatement row, int bytes) {
        Batch batch = open.computeIfAbsent(partition, first -> new Batch());
        if (!batch.rows.isEmpty() && (batch.bytes + bytes > MAX_BYTES || batch.rows.size() == MAX_ROWS)) {
            full.add(batch.statement());
            batch = new Batch();
            open.put(partition, batch);
        }
        batch.rows.add(row);
        batch.bytes += bytes;
    }

    /** All of them, in a list that is the caller's. */
    List<Statement<?>> statements() {
        List<Statement<?>> statements = new ArrayList<>(full);
        open.values().forEach(batch -> statements.add(batch.statement()));
        return statements;
    }

    private static final class Batch {
        private final List<BoundStatement> rows = new ArrayList<>();
        private int bytes;

        Statement<?> statement() {
            if (rows.size() == 1) {
                return rows.get(0);
            }
            BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
            rows.forEach(batch::addStatement);
            return batch.setIdempotence(true).build();
        }
    }
}
