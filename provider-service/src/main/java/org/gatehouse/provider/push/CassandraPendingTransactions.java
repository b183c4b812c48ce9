package org.gatehouse.provider.push;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.config.ClusterConfig;

/** Tables app_service_transaction and app_service_edu_transaction: one cell, stamped with the last offset. */
@ApplicationScoped
class CassandraPendingTransactions implements PendingTransactions {

    private final CqlSession session;
    private final int generation;
    private final Statements verdicts;
    private final Statements edus;

    private record Statements(PreparedStatement insert, PreparedStatement select) {}

    CassandraPendingTransactions(CqlSession session, ClusterConfig cluster) {
        this.session = session;
        this.generation = cluster.generation();
        this.verdicts = new Statements(
                session.prepare("INSERT INTO app_service_transaction (app_service, log_partition, pending)"
                        + " VALUES (?, ?, ?) USING TIMESTAMP ?"),
                session.prepare(
                        "SELECT pending FROM app_service_transaction WHERE app_service = ? AND log_partition = ?"));
        this.edus = new Statements(
                session.prepare("INSERT INTO app_service_edu_transaction (app_service, log_partition, pending)"
                        + " VALUES (?, ?, ?) USING TIMESTAMP ?"),
                session.prepare(
                        "SELECT pending FROM app_service_edu_transaction WHERE app_service = ? AND log_partition = ?"));
    }

    @Override
    public void put(Topics topic, String appService, int partition, PendingTransaction transaction) {
        long stamp = HeadStamp.of(generation, transaction.lastOffset()).timestamp();
        session.execute(of(topic).insert().bind(appService, partition, ByteBuffer.wrap(transaction.encode()), stamp));
    }

    @Override
    public Optional<PendingTransaction> find(Topics topic, String appService, int partition) {
        Row row =
                session.execute(of(topic).select().bind(appService, partition)).one();
        if (row == null) {
            return Optional.empty();
        }
        ByteBuffer pending = Objects.requireNonNull(row.getByteBuffer("pending"));
        byte[] bytes = new byte[pending.remaining()];
        pending.get(bytes);
        return Optional.of(PendingTransaction.decode(bytes));
    }

    private Statements of(Topics topic) {
        return topic == Topics.EDU_RECEIVED ? edus : verdicts;
    }
}
