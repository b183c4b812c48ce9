package org.gatehouse.eventgraph.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.eventgraph.cassandra.Statements.SizedRow;
import org.gatehouse.eventgraph.connect.WaitingEvents;
import org.gatehouse.eventgraph.room.RoomGraph;
import org.gatehouse.eventgraph.room.WaitingRow;
import org.gatehouse.eventgraph.room.WaitingRow.Change;
import org.gatehouse.eventgraph.room.WaitingRow.KeptBytes;
import org.gatehouse.eventgraph.room.WaitingRow.Wait;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** Table waiting. Rows outlive by two weeks what the graph remembers. */
@Singleton
public class CassandraWaitingEvents implements WaitingEvents {

    private static final int TTL_SECONDS = (RoomGraph.WEEKS_KEPT + 3) * 7 * 24 * 60 * 60;
    private static final int ROW_OVERHEAD = 2_000;
    private static final RecordCodec<FetchWish> WISHES = RecordCodec.of(FetchWish.class);

    private final Statements statements;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement selectBytes;

    public CassandraWaitingEvents(Statements statements) {
        this.statements = statements;
        this.insert = statements.prepare("INSERT INTO waiting (room, week, cause, event_id, change, reply_to, fan_out,"
                + " details, wish, pdu) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TTL " + TTL_SECONDS);
        this.select = statements.prepare("SELECT week, cause, event_id, change, reply_to, fan_out, details, wish"
                + " FROM waiting WHERE room = ? AND week = ? AND cause >= ?");
        this.selectBytes = statements.prepare(
                "SELECT pdu FROM waiting WHERE room = ? AND week = ? AND cause = ? AND event_id = ?");
    }

    @Override
    public void store(RoomId roomId, List<WaitingRow> rows) {
        Map<Integer, List<SizedRow>> weeks = new TreeMap<>();
        for (WaitingRow row : rows) {
            int bytes = row.details().flatMap(Wait::pdu).map(PduBytes::length).orElse(0);
            weeks.computeIfAbsent(row.week(), week -> new ArrayList<>())
                    .add(new SizedRow(bind(roomId, row), bytes + ROW_OVERHEAD));
        }
        List<Statement<?>> writes = new ArrayList<>();
        weeks.values().forEach(week -> writes.addAll(Statements.packed(week)));
        statements.runAll(writes);
    }

    private BoundStatement bind(RoomId roomId, WaitingRow row) {
        BoundStatementBuilder bound = insert.boundStatementBuilder()
                .setString("room", roomId.value())
                .setInt("week", row.week())
                .setLong("cause", row.cause().timestamp())
                .setString("event_id", row.eventId().value())
                .setString("change", row.change().name())
                .setList("reply_to", Columns.texts(row.replyTo()), String.class)
                .setBoolean("fan_out", row.fanOut());
        Optional<String> details = row.details().map(WaitText::write);
        Optional<ByteBuffer> wish = row.details()
                .flatMap(Wait::wish)
                .map(made -> ByteBuffer.wrap(WISHES.encode(made).value()));
        Optional<ByteBuffer> pdu = row.details().flatMap(Wait::pdu).map(bytes -> ByteBuffer.wrap(bytes.canonical()));
        // What is absent stays unset: a null would be a tombstone.
        if (details.isPresent()) {
            bound = bound.setString("details", details.get());
        }
        if (wish.isPresent()) {
            bound = bound.setByteBuffer("wish", wish.get());
        }
        if (pdu.isPresent()) {
            bound = bound.setByteBuffer("pdu", pdu.get());
        }
        return bound.build();
    }

    @Override
    public List<WaitingRow> read(RoomId roomId, int firstWeek, int lastWeek, HeadStamp firstCause) {
        List<WaitingRow> rows = new ArrayList<>();
        for (int week = firstWeek; week <= lastWeek; week++) {
            BoundStatement read = select.bind(roomId.value(), week, firstCause.timestamp());
            for (Row row : statements.session().execute(read)) {
                rows.add(toWaitingRow(row));
            }
        }
        return rows;
    }

    private static WaitingRow toWaitingRow(Row row) {
        EventId eventId = new EventId(Columns.text(row, "event_id"));
        Optional<FetchWish> wish =
                row.isNull("wish") ? Optional.empty() : Optional.of(WISHES.decode(Columns.bytes(row, "wish")));
        return new WaitingRow(
                row.getInt("week"),
                HeadStamp.fromTimestamp(row.getLong("cause")),
                eventId,
                Change.valueOf(Columns.text(row, "change")),
                Columns.addresses(row, "reply_to"),
                row.getBoolean("fan_out"),
                Optional.ofNullable(row.getString("details")).map(text -> WaitText.read(eventId, text, wish)));
    }

    @Override
    public Map<KeptBytes, PduBytes> bytes(RoomId roomId, Set<KeptBytes> places) {
        List<KeptBytes> wanted = List.copyOf(places);
        List<AsyncResultSet> results = statements.runAll(wanted.stream()
                .map(place -> selectBytes.bind(
                        roomId.value(),
                        place.week(),
                        place.cause().timestamp(),
                        place.eventId().value()))
                .toList());
        Map<KeptBytes, PduBytes> found = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            Row row = results.get(i).one();
            if (row != null && !row.isNull("pdu")) {
                found.put(wanted.get(i), Columns.pdu(row, "pdu"));
            }
        }
        return found;
    }
}
