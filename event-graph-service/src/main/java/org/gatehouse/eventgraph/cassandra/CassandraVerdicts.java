package org.gatehouse.eventgraph.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.eventgraph.cassandra.Statements.SizedRow;
import org.gatehouse.eventgraph.verdict.JudgedEvent;
import org.gatehouse.eventgraph.verdict.Verdicts;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** Table verdicts. */
@Singleton
public class CassandraVerdicts implements Verdicts {

    private static final int ROW_BYTES = 500;

    private final Statements statements;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    public CassandraVerdicts(Statements statements) {
        this.statements = statements;
        this.insert = statements.prepare("INSERT INTO verdicts (room, bucket, ordinal, event_id, verdict, rule, reason,"
                + " history_visibility, state_before, current_state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.select = statements.prepare("SELECT ordinal, event_id, verdict, rule, reason, history_visibility,"
                + " state_before, current_state FROM verdicts"
                + " WHERE room = ? AND bucket = ? AND ordinal >= ? AND ordinal <= ?");
    }

    @Override
    public void store(RoomId roomId, List<JudgedEvent> events) {
        Map<Long, List<SizedRow>> buckets = new TreeMap<>();
        for (JudgedEvent event : events) {
            long bucket = Buckets.of(event.ordinal());
            buckets.computeIfAbsent(bucket, number -> new ArrayList<>())
                    .add(new SizedRow(
                            insert.bind(
                                    roomId.value(),
                                    bucket,
                                    event.ordinal(),
                                    event.eventId().value(),
                                    event.verdict().wireName(),
                                    event.rule(),
                                    event.reason(),
                                    event.historyVisibility(),
                                    event.stateBefore(),
                                    event.currentState()),
                            ROW_BYTES + event.reason().length()));
        }
        List<Statement<?>> writes = new ArrayList<>();
        buckets.values().forEach(rows -> writes.addAll(Statements.packed(rows)));
        statements.runAll(writes);
    }

    @Override
    public Map<Long, JudgedEvent> find(RoomId roomId, Collection<Long> ordinals) {
        List<Statement<?>> reads = new ArrayList<>();
        for (long ordinal : ordinals) {
            reads.add(select.bind(roomId.value(), Buckets.of(ordinal), ordinal, ordinal));
        }
        Map<Long, JudgedEvent> found = new TreeMap<>();
        for (AsyncResultSet result : statements.runAll(reads)) {
            Row row = result.one();
            if (row != null) {
                found.put(row.getLong("ordinal"), judged(row));
            }
        }
        return found;
    }

    @Override
    public Map<Long, JudgedEvent> between(RoomId roomId, long first, long last) {
        Map<Long, JudgedEvent> found = new TreeMap<>();
        for (long bucket = Buckets.of(Math.max(first, 0)); bucket <= Buckets.of(last); bucket++) {
            for (Row row : statements.session().execute(select.bind(roomId.value(), bucket, first, last))) {
                found.put(row.getLong("ordinal"), judged(row));
            }
        }
        return found;
    }

    private static JudgedEvent judged(Row row) {
        return new JudgedEvent(
                row.getLong("ordinal"),
                new EventId(Columns.text(row, "event_id")),
                verdict(Columns.text(row, "verdict")),
                Columns.text(row, "rule"),
                Columns.text(row, "reason"),
                Columns.text(row, "history_visibility"),
                row.getLong("state_before"),
                row.getLong("current_state"));
    }

    private static Verdict verdict(String wireName) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.wireName().equals(wireName)) {
                return verdict;
            }
        }
        throw new IllegalStateException("verdict " + wireName);
    }
}
