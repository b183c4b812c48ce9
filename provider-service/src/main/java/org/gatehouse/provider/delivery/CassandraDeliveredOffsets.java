package org.gatehouse.provider.delivery;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.runtime.config.ClusterConfig;

/** Table delivered: a row a partition, stamped with its offset, so that it never goes back. */
@ApplicationScoped
class CassandraDeliveredOffsets implements DeliveredOffsets {

    private final CqlSession session;
    private final int generation;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    CassandraDeliveredOffsets(CqlSession session, ClusterConfig cluster) {
        this.session = session;
        this.generation = cluster.generation();
        this.insert =
                session.prepare("INSERT INTO delivered (log_partition, log_offset) VALUES (?, ?) USING TIMESTAMP ?");
        this.select = session.prepare("SELECT log_partition, log_offset FROM delivered");
    }

    @Override
    public void put(int partition, long offset) {
        session.execute(
                insert.bind(partition, offset, HeadStamp.of(generation, offset).timestamp()));
    }

    @Override
    public Map<Integer, Long> all() {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (Row row : session.execute(select.bind())) {
            offsets.put(row.getInt("log_partition"), row.getLong("log_offset"));
        }
        return offsets;
    }
}
