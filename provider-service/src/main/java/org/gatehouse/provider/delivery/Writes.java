package org.gatehouse.provider.delivery;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.gatehouse.cluster.PduBytes;

/** Runs statements side by side, and reads cells that are never null. */
final class Writes {

    private static final int AT_ONCE = 64;

    private final CqlSession session;

    Writes(CqlSession session) {
        this.session = session;
    }

    /**
     * The results, in the order of the statements, when all statements are applied; fails with the driver's exception if
     * one is not.
     */
    List<AsyncResultSet> all(List<? extends Statement<?>> statements) {
        List<AsyncResultSet> results = new ArrayList<>(statements.size());
        for (int from = 0; from < statements.size(); from += AT_ONCE) {
            results.addAll(some(statements.subList(from, Math.min(from + AT_ONCE, statements.size()))));
        }
        return results;
    }

    private List<AsyncResultSet> some(List<? extends Statement<?>> statements) {
        List<CompletableFuture<AsyncResultSet>> running = new ArrayList<>();
        for (Statement<?> statement : statements) {
            running.add(session.executeAsync(statement).toCompletableFuture());
        }
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return running.stream().map(CompletableFuture::join).toList();
    }

    static String text(Row row, String column) {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    static PduBytes pdu(Row row, String column) {
        ByteBuffer buffer = row.getByteBuffer(column);
        return buffer == null ? new PduBytes(new byte[0]) : pdu(buffer);
    }

    static PduBytes pdu(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return new PduBytes(bytes);
    }
}
