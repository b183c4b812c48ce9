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
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.eventgraph.cassandra.Statements.SizedRow;
import org.gatehouse.eventgraph.connect.Events;
import org.gatehouse.eventgraph.room.KnownEvent;
import org.gatehouse.eventgraph.room.Outlier;
import org.gatehouse.eventgraph.room.PlacedEvent;
import org.gatehouse.eventgraph.room.Placement;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/** Tables room_log, event_index and outliers. */
@Singleton
public class CassandraEvents implements Events {

    private static final int ROW_OVERHEAD = 400;
    private static final int PAGE = 200;
    private static final String ROW =
            "ordinal, event_id, room_version, parents, cause, source, origin, fan_out, seed," + " reply_to, pdu";

    private final Statements statements;
    private final PreparedStatement insertRow;
    private final PreparedStatement insertPlace;
    private final PreparedStatement insertOutlierMark;
    private final PreparedStatement insertOutlier;
    private final PreparedStatement selectKnown;
    private final PreparedStatement selectOutlier;
    private final PreparedStatement selectRows;
    private final PreparedStatement selectBackwards;

    public CassandraEvents(Statements statements) {
        this.statements = statements;
        this.insertRow = statements.prepare(
                "INSERT INTO room_log (room, bucket, " + ROW + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.insertPlace = statements.prepare(
                "INSERT INTO event_index (event_id, room, ordinal, connected_cause) VALUES (?, ?, ?, ?)");
        this.insertOutlierMark =
                statements.prepare("INSERT INTO event_index (event_id, room, outlier_cause) VALUES (?, ?, ?)");
        this.insertOutlier = statements.prepare(
                "INSERT INTO outliers (event_id, room, room_version, cause, pdu) VALUES (?, ?, ?, ?, ?)");
        this.selectKnown = statements.prepare(
                "SELECT event_id, room, ordinal, connected_cause, outlier_cause FROM event_index WHERE event_id = ?");
        this.selectOutlier =
                statements.prepare("SELECT event_id, room, room_version, cause, pdu FROM outliers WHERE event_id = ?");
        this.selectRows = statements.prepare(
                "SELECT " + ROW + " FROM room_log WHERE room = ? AND bucket = ? AND ordinal >= ? AND ordinal <= ?");
        this.selectBackwards = statements.prepare("SELECT " + ROW
                + " FROM room_log WHERE room = ? AND bucket = ? AND ordinal <= ? ORDER BY ordinal DESC");
    }

    @Override
    public Map<EventId, KnownEvent> find(Set<EventId> eventIds) {
        List<BoundStatement> reads = eventIds.stream()
                .map(eventId -> selectKnown.bind(eventId.value()))
                .toList();
        Map<EventId, KnownEvent> found = new HashMap<>();
        for (AsyncResultSet result : statements.runAll(reads)) {
            Row row = result.one();
            if (row != null) {
                KnownEvent known = known(row);
                found.put(known.eventId(), known);
            }
        }
        return found;
    }

    private static KnownEvent known(Row row) {
        return new KnownEvent(
                new EventId(Columns.text(row, "event_id")),
                new RoomId(Columns.text(row, "room")),
                row.isNull("connected_cause")
                        ? Optional.empty()
                        : Optional.of(new KnownEvent.Place(
                                row.getLong("ordinal"), HeadStamp.fromTimestamp(row.getLong("connected_cause")))),
                row.isNull("outlier_cause")
                        ? Optional.empty()
                        : Optional.of(HeadStamp.fromTimestamp(row.getLong("outlier_cause"))));
    }

    @Override
    public void storeConnected(RoomId roomId, List<PlacedEvent> events) {
        Map<Long, List<SizedRow>> buckets = new TreeMap<>();
        List<Statement<?>> writes = new ArrayList<>();
        for (PlacedEvent event : events) {
            Placement placement = event.placement();
            long bucket = Buckets.of(placement.ordinal());
            buckets.computeIfAbsent(bucket, number -> new ArrayList<>())
                    .add(new SizedRow(toRow(bucket, event), event.pdu().length() + ROW_OVERHEAD));
            writes.add(insertPlace.bind(
                    placement.eventId().value(),
                    roomId.value(),
                    placement.ordinal(),
                    placement.cause().timestamp()));
        }
        buckets.values().forEach(rows -> writes.addAll(Statements.packed(rows)));
        statements.runAll(writes);
    }

    private BoundStatement toRow(long bucket, PlacedEvent event) {
        Placement placement = event.placement();
        BoundStatementBuilder row = insertRow
                .boundStatementBuilder()
                .setString("room", placement.roomId().value())
                .setLong("bucket", bucket)
                .setLong("ordinal", placement.ordinal())
                .setString("event_id", placement.eventId().value())
                .setString("room_version", placement.roomVersion())
                .setList("parents", placement.parents(), Long.class)
                .setLong("cause", placement.cause().timestamp())
                .setString("source", placement.source().name())
                .setString("origin", placement.origin().value())
                .setBoolean("fan_out", placement.fanOut())
                .setList("reply_to", Columns.texts(placement.replyTo()), String.class)
                .setByteBuffer("pdu", ByteBuffer.wrap(event.pdu().canonical()));
        Optional<String> seed = placement.seed().map(SeedText::write);
        return (seed.isPresent() ? row.setString("seed", seed.get()) : row).build();
    }

    @Override
    public void storeOutliers(List<Outlier> outliers) {
        List<Statement<?>> writes = new ArrayList<>();
        for (Outlier outlier : outliers) {
            writes.add(insertOutlier.bind(
                    outlier.eventId().value(),
                    outlier.roomId().value(),
                    outlier.roomVersion(),
                    outlier.cause().timestamp(),
                    ByteBuffer.wrap(outlier.pdu().canonical())));
        }
        statements.runAll(writes);
        // The mark in the index says that the bytes are there: it comes second.
        statements.runAll(outliers.stream()
                .map(outlier -> insertOutlierMark.bind(
                        outlier.eventId().value(),
                        outlier.roomId().value(),
                        outlier.cause().timestamp()))
                .toList());
    }

    @Override
    public List<PlacedEvent> causedSince(RoomId roomId, long lastOrdinal, HeadStamp first) {
        List<PlacedEvent> found = new ArrayList<>();
        boolean more = true;
        for (long bucket = Buckets.of(lastOrdinal); more && bucket >= 0; bucket--) {
            more = false;
            BoundStatement read =
                    selectBackwards.bind(roomId.value(), bucket, lastOrdinal).setPageSize(PAGE);
            for (Row row : statements.session().execute(read)) {
                more = row.getLong("cause") >= first.timestamp();
                if (!more) {
                    break;
                }
                found.add(placed(roomId, row));
            }
        }
        Collections.reverse(found);
        return found;
    }

    @Override
    public Map<Long, PlacedEvent> at(RoomId roomId, Collection<Long> ordinals) {
        List<BoundStatement> reads = ordinals.stream()
                .map(ordinal -> selectRows.bind(roomId.value(), Buckets.of(ordinal), ordinal, ordinal))
                .toList();
        Map<Long, PlacedEvent> found = new TreeMap<>();
        for (AsyncResultSet result : statements.runAll(reads)) {
            Row row = result.one();
            if (row != null) {
                found.put(row.getLong("ordinal"), placed(roomId, row));
            }
        }
        return found;
    }

    @Override
    public List<PlacedEvent> between(RoomId roomId, long first, long last) {
        List<PlacedEvent> found = new ArrayList<>();
        for (long bucket = Buckets.of(Math.max(first, 0)); bucket <= Buckets.of(last); bucket++) {
            BoundStatement read = selectRows.bind(roomId.value(), bucket, first, last);
            for (Row row : statements.session().execute(read)) {
                found.add(placed(roomId, row));
            }
        }
        return found;
    }

    private static PlacedEvent placed(RoomId roomId, Row row) {
        Placement placement = new Placement(
                roomId,
                Columns.text(row, "room_version"),
                new EventId(Columns.text(row, "event_id")),
                row.getLong("ordinal"),
                Columns.longs(row, "parents"),
                HeadStamp.fromTimestamp(row.getLong("cause")),
                org.gatehouse.cluster.ConnectedRecord.Source.valueOf(Columns.text(row, "source")),
                Columns.serverName(row, "origin"),
                row.getBoolean("fan_out"),
                Optional.ofNullable(row.getString("seed")).map(SeedText::read),
                Columns.addresses(row, "reply_to"));
        return new PlacedEvent(placement, Columns.pdu(row, "pdu"));
    }

    @Override
    public Map<EventId, Outlier> outliers(Set<EventId> eventIds) {
        List<BoundStatement> reads = eventIds.stream()
                .map(eventId -> selectOutlier.bind(eventId.value()))
                .toList();
        Map<EventId, Outlier> found = new HashMap<>();
        for (AsyncResultSet result : statements.runAll(reads)) {
            Row row = result.one();
            if (row != null) {
                EventId eventId = new EventId(Columns.text(row, "event_id"));
                found.put(
                        eventId,
                        new Outlier(
                                new RoomId(Columns.text(row, "room")),
                                Columns.text(row, "room_version"),
                                eventId,
                                HeadStamp.fromTimestamp(row.getLong("cause")),
                                Columns.pdu(row, "pdu")));
            }
        }
        return found;
    }
}
