package org.gatehouse.loadtests;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often the node has read and written each table since its start, by its own count: a batch to one partition counts
 * once.
 *
 * @param operations by {@code read keyspace.table} and {@code write keyspace.table}
 */
record CassandraWork(Map<String, Long> operations) {

    static CassandraWork now(CqlSession session, String keyspacePrefix) {
        Map<String, Long> operations = new TreeMap<>();
        for (String kind : new String[] {"read", "write"}) {
            String query = "SELECT keyspace_name, table_name, count FROM system_views.local_" + kind + "_latency";
            for (Row row : session.execute(query)) {
                String keyspace = row.getString("keyspace_name");
                if (keyspace != null && keyspace.startsWith(keyspacePrefix)) {
                    String table = keyspace.substring(keyspacePrefix.length()) + "." + row.getString("table_name");
                    operations.put(kind + " " + table, row.getLong("count"));
                }
            }
        }
        return new CassandraWork(operations);
    }

    /** What was done since then; leaves out what was not. */
    CassandraWork since(CassandraWork before) {
        Map<String, Long> done = new TreeMap<>();
        operations.forEach((what, count) -> {
            long difference = count - before.operations.getOrDefault(what, 0L);
            if (difference > 0) {
                done.put(what, difference);
            }
        });
        return new CassandraWork(done);
    }
}
