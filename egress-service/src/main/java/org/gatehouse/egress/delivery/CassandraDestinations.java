package org.gatehouse.egress.delivery;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.data.ByteUtils;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.config.ClusterConfig;
import org.jspecify.annotations.Nullable;

@Singleton
class CassandraDestinations implements Destinations {

    private final CqlSession session;
    private final int generation;
    private volatile @Nullable PreparedStatement upsert;

    CassandraDestinations(CqlSession session, ClusterConfig cluster) {
        this.session = session;
        this.generation = cluster.generation();
    }

    @Override
    public List<Destinations.Standing> ofShard(int shard) {
        List<Destinations.Standing> rows = new ArrayList<>();
        for (Row row :
                session.execute(SimpleStatement.newInstance("SELECT * FROM destination WHERE shard = ?", shard))) {
            if (row.getInt("generation") == generation) {
                rows.add(read(shard, row));
            }
        }
        return rows;
    }

    @Override
    public void put(Destinations.Standing row) {
        Optional<PendingTransaction> pending = row.pending();
        session.execute(upsert().bind(
                        row.shard(),
                        row.id().destination().toString(),
                        row.id().origin().toString(),
                        generation,
                        row.delivered(),
                        row.behind(),
                        pending.map(PendingTransaction::txnId).orElse(null),
                        pending.map(CassandraDestinations::offsets).orElse(null),
                        pending.map(each -> ByteBuffer.wrap(each.body())).orElse(null)));
    }

    private PreparedStatement upsert() {
        PreparedStatement prepared = upsert;
        if (prepared == null) {
            prepared = session.prepare(
                    "INSERT INTO destination (shard, destination, origin, generation, delivered, behind,"
                            + " pending_txn, pending_offsets, pending_body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
            upsert = prepared;
        }
        return prepared;
    }

    private static Destinations.Standing read(int shard, Row row) {
        DestinationId id = new DestinationId(
                new ServerName(String.valueOf(row.getString("destination"))),
                new ServerName(String.valueOf(row.getString("origin"))));
        return new Destinations.Standing(shard, id, row.getLong("delivered"), row.getBoolean("behind"), pending(row));
    }

    private static Optional<PendingTransaction> pending(Row row) {
        String txnId = row.getString("pending_txn");
        String offsets = row.getString("pending_offsets");
        ByteBuffer body = row.getByteBuffer("pending_body");
        if (txnId == null || offsets == null || body == null) {
            return Optional.empty();
        }
        List<Long> parsed =
                Arrays.stream(offsets.split(",", -1)).map(Long::valueOf).toList();
        return Optional.of(new PendingTransaction(txnId, parsed, ByteUtils.getArray(body)));
    }

    private static String offsets(PendingTransaction transaction) {
        return transaction.offsets().stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
