package org.gatehouse.ingress.transaction;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Table answered_transactions; rows leave by their TTL. */
@ApplicationScoped
class CassandraAnsweredTransactions implements AnsweredTransactions {

    private final CqlSession session;
    private final PreparedStatement find;
    private final PreparedStatement keep;

    CassandraAnsweredTransactions(CqlSession session) {
        this.session = session;
        this.find = session.prepare(
                "SELECT answer FROM answered_transactions WHERE origin = ? AND destination = ? AND txn_id = ?");
        this.keep = session.prepare(
                "INSERT INTO answered_transactions (origin, destination, txn_id, answer) VALUES (?, ?, ?, ?)");
    }

    @Override
    public Uni<Optional<byte[]>> find(Transaction.Key key) {
        return Uni.createFrom()
                .completionStage(() -> session.executeAsync(
                        find.bind(key.origin().toString(), key.destination().toString(), key.txnId())))
                .map(CassandraAnsweredTransactions::answer);
    }

    @Override
    public Uni<Void> keep(Transaction.Key key, byte[] answer) {
        return Uni.createFrom()
                .completionStage(() -> session.executeAsync(keep.bind(
                        key.origin().toString(), key.destination().toString(), key.txnId(), ByteBuffer.wrap(answer))))
                .replaceWithVoid();
    }

    private static Optional<byte[]> answer(AsyncResultSet rows) {
        Row row = rows.one();
        if (row == null) {
            return Optional.empty();
        }
        ByteBuffer buffer = row.getByteBuffer("answer");
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return Optional.of(bytes);
    }
}
