package org.gatehouse.stateresolution.room;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.runtime.crash.CrashPoint;
import org.jspecify.annotations.Nullable;

/** The rooms in Cassandra; docs/tables.md says what is where. For worker threads. */
@ApplicationScoped
class CassandraRoomRows implements RoomRows {

    private static final int ORDINAL_BITS = 14;
    private static final int VERSION_BITS = 10;
    private static final int VERSIONS_READ_AT_ONCE = 256;
    private static final int ROW_OVERHEAD = 300;

    private static final String READ_HEAD = "SELECT head FROM room_head WHERE room_id = ?";
    private static final String WRITE_HEAD = "INSERT INTO room_head (room_id, head) VALUES (?, ?) USING TIMESTAMP ?";
    private static final String READ_JUDGED = "SELECT ordinal, event_id, verdict, rule, reason, state_before,"
            + " state_after, current_before, current_after, depth, auth_events, cause"
            + " FROM judged WHERE room_id = ? AND bucket = ? AND ordinal = ?";
    private static final String WRITE_JUDGED = "INSERT INTO judged (room_id, bucket, ordinal, event_id, verdict, rule,"
            + " reason, state_before, state_after, current_before, current_after, depth, auth_events, cause)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String READ_PLACE =
            "SELECT event_id, room_id, ordinal, cause FROM event_place WHERE event_id = ?";
    private static final String WRITE_PLACE =
            "INSERT INTO event_place (event_id, room_id, ordinal, cause) VALUES (?, ?, ?, ?)";
    private static final String READ_VERSIONS = "SELECT version, base, since, entry_count, root_hash, chunks, changes,"
            + " cause FROM state_delta WHERE room_id = ? AND bucket = ? AND version > ? AND version <= ?";
    private static final String WRITE_VERSION = "INSERT INTO state_delta (room_id, bucket, version, base, since,"
            + " entry_count, root_hash, chunks, changes, cause) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String READ_CHUNK =
            "SELECT packed FROM state_snapshot WHERE room_id = ? AND version = ? AND chunk = ?";
    private static final String WRITE_CHUNK =
            "INSERT INTO state_snapshot (room_id, version, chunk, packed) VALUES (?, ?, ?, ?)";
    private static final String READ_AUTH = "SELECT event_id, pdu, outlier_standing, outlier_cause, settled_standing,"
            + " settled_cause, placed_standing, placed_cause"
            + " FROM auth_event WHERE room_id = ? AND bucket = ? AND event_id IN ?";
    private static final String WRITE_OUTLIER = "INSERT INTO auth_event (room_id, bucket, event_id, pdu,"
            + " outlier_standing, outlier_cause) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String WRITE_SETTLED = "INSERT INTO auth_event (room_id, bucket, event_id, pdu,"
            + " settled_standing, settled_cause) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String WRITE_PLACED = "INSERT INTO auth_event (room_id, bucket, event_id, pdu,"
            + " placed_standing, placed_cause) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String READ_OUT_OF_BAND =
            "SELECT cause, kept, membership, event_id FROM oob WHERE room_id = ? AND user_id = ? AND logged_at = ?";
    private static final String WRITE_OUT_OF_BAND =
            "INSERT INTO oob (room_id, user_id, logged_at, cause, kept, membership, event_id) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final Statements statements;

    CassandraRoomRows(CqlSession session) {
        this.statements = new Statements(session);
    }

    @Override
    public Optional<RoomHead> head(RoomId roomId) {
        Row row = statements.read(READ_HEAD, roomId.value()).one();
        return row == null ? Optional.empty() : Optional.of(RoomHead.ofBytes(bytes(row, "head")));
    }

    @Override
    public Optional<JudgedRow> judged(RoomId roomId, long ordinal) {
        Row row = statements
                .read(READ_JUDGED, roomId.value(), ordinal >> ORDINAL_BITS, ordinal)
                .one();
        return row == null ? Optional.empty() : Optional.of(judged(row));
    }

    @Override
    public Optional<PlaceRow> place(EventId eventId) {
        Row row = statements.read(READ_PLACE, eventId.value()).one();
        return row == null
                ? Optional.empty()
                : Optional.of(new PlaceRow(
                        new EventId(text(row, "event_id")),
                        new RoomId(text(row, "room_id")),
                        row.getLong("ordinal"),
                        row.getLong("cause")));
    }

    @Override
    public Map<EventId, AuthRow> authEvents(RoomId roomId, Collection<EventId> eventIds) {
        Map<Integer, List<String>> byBucket = new TreeMap<>();
        for (EventId eventId : eventIds) {
            byBucket.computeIfAbsent(bucket(eventId), bucket -> new ArrayList<>())
                    .add(eventId.value());
        }
        List<CompletionStage<AsyncResultSet>> reads = new ArrayList<>();
        byBucket.forEach((bucket, ids) -> reads.add(statements.readAsync(READ_AUTH, roomId.value(), bucket, ids)));
        Map<EventId, AuthRow> found = new HashMap<>();
        for (CompletionStage<AsyncResultSet> read : reads) {
            AsyncResultSet page = Statements.await(read);
            while (true) {
                for (Row row : page.currentPage()) {
                    AuthRow event = authEvent(row);
                    found.put(event.eventId(), event);
                }
                if (!page.hasMorePages()) {
                    break;
                }
                page = Statements.await(page.fetchNextPage());
            }
        }
        return found;
    }

    @Override
    public List<VersionRow> versions(RoomId roomId, long upTo) {
        List<VersionRow> versions = new ArrayList<>();
        statements
                .read(READ_VERSIONS, roomId.value(), upTo >> VERSION_BITS, upTo - VERSIONS_READ_AT_ONCE, upTo)
                .forEach(row -> versions.add(version(row)));
        return versions;
    }

    @Override
    public List<SnapshotRow> snapshot(RoomId roomId, long version, int chunks) {
        List<CompletionStage<AsyncResultSet>> reads = new ArrayList<>(chunks);
        for (int chunk = 0; chunk < chunks; chunk++) {
            reads.add(statements.readAsync(READ_CHUNK, roomId.value(), version, chunk));
        }
        List<SnapshotRow> found = new ArrayList<>(chunks);
        for (int chunk = 0; chunk < chunks; chunk++) {
            Row row = Statements.await(reads.get(chunk)).one();
            if (row != null) {
                found.add(new SnapshotRow(version, chunk, StateEntries.read(bytes(row, "packed"))));
            }
        }
        return found;
    }

    @Override
    public Optional<OutOfBandRow> outOfBand(RoomId roomId, UserId userId, long loggedAt) {
        Row row = statements
                .read(READ_OUT_OF_BAND, roomId.value(), userId.value(), loggedAt)
                .one();
        return row == null
                ? Optional.empty()
                : Optional.of(new OutOfBandRow(
                        userId,
                        loggedAt,
                        row.getLong("cause"),
                        row.getBoolean("kept"),
                        text(row, "membership"),
                        text(row, "event_id")));
    }

    @Override
    public void write(RoomId roomId, RoomWrites writes) {
        String room = roomId.value();
        List<Statements.Row> rows = new ArrayList<>();
        writes.authEvents().forEach(row -> rows.addAll(authEvent(room, row)));
        writes.snapshots().forEach(row -> rows.add(snapshot(room, row)));
        writes.versions().forEach(row -> rows.add(version(room, row)));
        writes.judged().forEach(row -> rows.add(judged(room, row)));
        writes.places().forEach(row -> rows.add(place(row)));
        writes.outOfBand().forEach(row -> rows.add(outOfBand(room, row)));
        statements.writeAll(rows);
        RoomHead head = writes.head();
        if (head != null) {
            CrashPoint.reach("state-resolution.after-rows-before-head");
            long stamp = HeadStamp.of(head.generation(), head.offset()).timestamp();
            statements.write(statements.bind(WRITE_HEAD, room, ByteBuffer.wrap(head.toBytes()), stamp));
        }
    }

    private Statements.Row judged(String room, JudgedRow row) {
        long bucket = row.ordinal() >> ORDINAL_BITS;
        return new Statements.Row(
                "judged " + bucket,
                ROW_OVERHEAD + 50 * row.authEvents().size(),
                statements.bind(
                        WRITE_JUDGED,
                        room,
                        bucket,
                        row.ordinal(),
                        row.eventId().value(),
                        row.verdict().wireName(),
                        row.rule(),
                        row.reason(),
                        row.stateBefore(),
                        row.stateAfter(),
                        row.currentBefore(),
                        row.currentAfter(),
                        row.depth(),
                        row.authEvents().stream().map(EventId::value).toList(),
                        row.cause()));
    }

    private Statements.Row place(PlaceRow row) {
        return new Statements.Row(
                "event_place " + row.eventId(),
                ROW_OVERHEAD,
                statements.bind(WRITE_PLACE, row.eventId().value(), row.roomId().value(), row.ordinal(), row.cause()));
    }

    private Statements.Row version(String room, VersionRow row) {
        long bucket = row.version() >> VERSION_BITS;
        ByteBuffer changes = ByteBuffer.wrap(StateEntries.write(row.changes()));
        return new Statements.Row(
                "state_delta " + bucket,
                ROW_OVERHEAD + changes.remaining(),
                statements.bind(
                        WRITE_VERSION,
                        room,
                        bucket,
                        row.version(),
                        row.base(),
                        row.since(),
                        row.size(),
                        row.rootHash(),
                        row.chunks(),
                        changes,
                        row.cause()));
    }

    private Statements.Row snapshot(String room, SnapshotRow row) {
        ByteBuffer entries = ByteBuffer.wrap(StateEntries.write(row.entries()));
        return new Statements.Row(
                "state_snapshot " + row.version() + " " + row.chunk(),
                ROW_OVERHEAD + entries.remaining(),
                statements.bind(WRITE_CHUNK, room, row.version(), row.chunk(), entries));
    }

    private List<Statements.Row> authEvent(String room, AuthRow row) {
        List<Statements.Row> rows = new ArrayList<>();
        row.asOutlier().ifPresent(learned -> rows.add(learned(WRITE_OUTLIER, room, row, learned)));
        row.settled().ifPresent(learned -> rows.add(learned(WRITE_SETTLED, room, row, learned)));
        row.inPlace().ifPresent(learned -> rows.add(learned(WRITE_PLACED, room, row, learned)));
        return rows;
    }

    private Statements.Row learned(String cql, String room, AuthRow row, AuthRow.Learned learned) {
        int bucket = bucket(row.eventId());
        return new Statements.Row(
                "auth_event " + bucket,
                ROW_OVERHEAD + row.pdu().length(),
                statements.bind(
                        cql,
                        room,
                        bucket,
                        row.eventId().value(),
                        ByteBuffer.wrap(row.pdu().canonical()).asReadOnlyBuffer(),
                        learned.standing().name(),
                        learned.cause()));
    }

    private Statements.Row outOfBand(String room, OutOfBandRow row) {
        return new Statements.Row(
                "oob " + row.userId(),
                ROW_OVERHEAD,
                statements.bind(
                        WRITE_OUT_OF_BAND,
                        room,
                        row.userId().value(),
                        row.loggedAt(),
                        row.cause(),
                        row.kept(),
                        row.membership(),
                        row.eventId()));
    }

    private static JudgedRow judged(Row row) {
        List<String> authEvents = row.getList("auth_events", String.class);
        return new JudgedRow(
                row.getLong("ordinal"),
                new EventId(text(row, "event_id")),
                verdict(text(row, "verdict")),
                text(row, "rule"),
                text(row, "reason"),
                row.getLong("state_before"),
                row.getLong("state_after"),
                row.getLong("current_before"),
                row.getLong("current_after"),
                row.getLong("depth"),
                authEvents == null
                        ? List.of()
                        : authEvents.stream().map(EventId::new).toList(),
                row.getLong("cause"));
    }

    private static Verdict verdict(String wireName) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new CorruptRoom("a row has the verdict " + wireName));
    }

    private static VersionRow version(Row row) {
        return new VersionRow(
                row.getLong("version"),
                row.getLong("base"),
                row.getInt("since"),
                row.getInt("entry_count"),
                row.getLong("root_hash"),
                row.getInt("chunks"),
                StateEntries.read(bytes(row, "changes")),
                row.getLong("cause"));
    }

    private static AuthRow authEvent(Row row) {
        return new AuthRow(
                new EventId(text(row, "event_id")),
                new PduBytes(bytes(row, "pdu")),
                learned(row, "outlier"),
                learned(row, "settled"),
                learned(row, "placed"));
    }

    private static Optional<AuthRow.Learned> learned(Row row, String when) {
        @Nullable String standing = row.getString(when + "_standing");
        return standing == null
                ? Optional.empty()
                : Optional.of(new AuthRow.Learned(Standing.valueOf(standing), row.getLong(when + "_cause")));
    }

    /** By the first character of an ID's hash, so that a large room is spread over some fifty partitions. */
    private static int bucket(EventId eventId) {
        return eventId.value().charAt(1) & 63;
    }

    private static String text(Row row, String column) {
        @Nullable String text = row.getString(column);
        if (text == null) {
            throw new CorruptRoom("a row has no " + column);
        }
        return text;
    }

    private static byte[] bytes(Row row, String column) {
        @Nullable ByteBuffer buffer = row.getByteBuffer(column);
        if (buffer == null) {
            throw new CorruptRoom("a row has no " + column);
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
