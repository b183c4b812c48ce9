package org.gatehouse.provider.delivery;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.config.ClusterConfig;

/** Tables timeline, event_place and timeline_head. */
@ApplicationScoped
class CassandraTimelines implements Timelines {

    private static final int BUCKET_BITS = 12;
    private static final String COLUMNS = "room_id, bucket, ordinal, event_id, room_version, log_partition, log_offset,"
            + " history_visibility, join_seed, in_state, pdu, merged";

    private final CqlSession session;
    private final Writes writes;
    private final int generation;
    private final PreparedStatement insert;
    private final PreparedStatement insertPlace;
    private final PreparedStatement insertHead;
    private final PreparedStatement selectHead;
    private final PreparedStatement selectBefore;
    private final PreparedStatement selectAfter;
    private final PreparedStatement selectOne;
    private final PreparedStatement selectPlace;

    CassandraTimelines(CqlSession session, ClusterConfig cluster) {
        this.session = session;
        this.writes = new Writes(session);
        this.generation = cluster.generation();
        String ofBucket = "SELECT " + COLUMNS + " FROM timeline WHERE room_id = ? AND bucket = ? AND ordinal ";
        this.insert = session.prepare(
                "INSERT INTO timeline (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        this.insertPlace = session.prepare(
                "INSERT INTO event_place (event_id, room_id, ordinal) VALUES (?, ?, ?) USING TIMESTAMP ?");
        this.insertHead = session.prepare("INSERT INTO timeline_head (room_id, head) VALUES (?, ?) USING TIMESTAMP ?");
        this.selectHead = session.prepare("SELECT head FROM timeline_head WHERE room_id = ?");
        this.selectBefore = session.prepare(ofBucket + "< ? LIMIT ?");
        this.selectAfter = session.prepare(ofBucket + "> ? ORDER BY ordinal ASC LIMIT ?");
        this.selectOne = session.prepare(ofBucket + "= ?");
        this.selectPlace = session.prepare("SELECT room_id, ordinal FROM event_place WHERE event_id = ?");
    }

    @Override
    public void append(List<TimelineEntry> entries, Map<RoomId, TimelineHead> heads) {
        CassandraRows rows = new CassandraRows();
        List<Statement<?>> places = new ArrayList<>();
        for (TimelineEntry entry : entries) {
            String room = entry.roomId().value();
            long stamp = stamp(entry.place().offset());
            rows.add(room + " " + bucket(entry.ordinal()), row(entry, stamp), size(entry));
            places.add(insertPlace.bind(entry.eventId().value(), room, entry.ordinal(), stamp));
        }
        List<Statement<?>> statements = rows.statements();
        statements.addAll(places);
        writes.all(statements);
        List<Statement<?>> after = new ArrayList<>();
        heads.forEach(
                (roomId, head) -> after.add(insertHead.bind(roomId.value(), head.toString(), stamp(head.offset()))));
        writes.all(after);
    }

    private BoundStatement row(TimelineEntry entry, long stamp) {
        List<ByteBuffer> merged = entry.merged().stream()
                .map(pdu -> ByteBuffer.wrap(pdu.canonical()))
                .toList();
        return insert.bind(
                entry.roomId().value(),
                bucket(entry.ordinal()),
                entry.ordinal(),
                entry.eventId().value(),
                entry.roomVersion(),
                entry.place().partition(),
                entry.place().offset(),
                entry.historyVisibility(),
                entry.joinSeed(),
                entry.inState(),
                ByteBuffer.wrap(entry.pdu().canonical()),
                merged,
                stamp);
    }

    private static int size(TimelineEntry entry) {
        int size = entry.pdu().canonical().length;
        for (PduBytes merged : entry.merged()) {
            size += merged.canonical().length;
        }
        return size;
    }

    private long stamp(long offset) {
        return HeadStamp.of(generation, offset).timestamp();
    }

    @Override
    public Map<RoomId, TimelineHead> heads(Set<RoomId> roomIds) {
        List<RoomId> rooms = List.copyOf(roomIds);
        List<AsyncResultSet> results = writes.all(
                rooms.stream().map(roomId -> selectHead.bind(roomId.value())).toList());
        Map<RoomId, TimelineHead> heads = new HashMap<>();
        for (int i = 0; i < results.size(); i++) {
            Row row = results.get(i).one();
            if (row != null) {
                heads.put(rooms.get(i), TimelineHead.parse(Writes.text(row, "head")));
            }
        }
        return heads;
    }

    @Override
    public List<TimelineEntry> before(RoomId roomId, long ordinal, int limit) {
        Optional<TimelineHead> head = head(roomId);
        List<TimelineEntry> entries = new ArrayList<>();
        if (head.isEmpty()) {
            return entries;
        }
        long from = Math.min(ordinal, head.get().newest() + 1);
        for (long bucket = bucket(from); bucket >= bucket(head.get().first()); bucket--) {
            collect(entries, selectBefore, roomId, bucket, from, limit);
            if (entries.size() >= limit) {
                break;
            }
        }
        return entries;
    }

    @Override
    public List<TimelineEntry> after(RoomId roomId, long ordinal, int limit) {
        Optional<TimelineHead> head = head(roomId);
        List<TimelineEntry> entries = new ArrayList<>();
        if (head.isEmpty()) {
            return entries;
        }
        long from = Math.max(ordinal, head.get().first() - 1);
        for (long bucket = bucket(from); bucket <= bucket(head.get().newest()); bucket++) {
            collect(entries, selectAfter, roomId, bucket, from, limit);
            if (entries.size() >= limit) {
                break;
            }
        }
        return entries;
    }

    private void collect(
            List<TimelineEntry> entries, PreparedStatement select, RoomId roomId, long bucket, long from, int limit) {
        for (Row row : session.execute(select.bind(roomId.value(), bucket, from, limit - entries.size()))) {
            entries.add(read(row));
        }
    }

    @Override
    public Optional<TimelineEntry> find(EventId eventId) {
        Row place = session.execute(selectPlace.bind(eventId.value())).one();
        if (place == null) {
            return Optional.empty();
        }
        long ordinal = place.getLong("ordinal");
        Row row = session.execute(selectOne.bind(place.getString("room_id"), bucket(ordinal), ordinal))
                .one();
        return row == null ? Optional.empty() : Optional.of(read(row));
    }

    private static long bucket(long ordinal) {
        return ordinal >> BUCKET_BITS;
    }

    private static TimelineEntry read(Row row) {
        return new TimelineEntry(
                new RoomId(row.getString("room_id")),
                Writes.text(row, "room_version"),
                row.getLong("ordinal"),
                new EventId(row.getString("event_id")),
                new Place(row.getInt("log_partition"), row.getLong("log_offset")),
                Writes.text(row, "history_visibility"),
                row.getBoolean("join_seed"),
                row.getBoolean("in_state"),
                Writes.pdu(row, "pdu"),
                merged(row));
    }

    private static List<PduBytes> merged(Row row) {
        List<ByteBuffer> buffers = row.getList("merged", ByteBuffer.class);
        return buffers == null ? List.of() : buffers.stream().map(Writes::pdu).toList();
    }
}
