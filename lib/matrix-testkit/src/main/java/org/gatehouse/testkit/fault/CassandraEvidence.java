package org.gatehouse.testkit.fault;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.testkit.fault.Evidence.Feed;
import org.gatehouse.testkit.fault.Evidence.IndexRow;
import org.gatehouse.testkit.fault.Evidence.StoredEvent;
import org.gatehouse.testkit.fault.Evidence.VerdictRow;

/**
 * What a cluster has stored, read from its tables with a session of the auditor's own; see docs/tables.md. History before
 * a join (negative ordinals) is left out.
 */
public final class CassandraEvidence {

    private final CqlSession session;
    private final PreparedStatement roomLog;
    private final PreparedStatement eventIndex;
    private final PreparedStatement outliers;
    private final PreparedStatement judged;
    private final PreparedStatement timeline;

    /** @param keyspacePrefix before each keyspace's name */
    public CassandraEvidence(CqlSession session, String keyspacePrefix) {
        this.session = session;
        String graph = keyspacePrefix + "event_graph.";
        this.roomLog = session.prepare(
                "SELECT ordinal, event_id, room_version, pdu FROM " + graph + "room_log WHERE room = ? AND bucket = ?");
        this.eventIndex = session.prepare("SELECT room, ordinal FROM " + graph + "event_index WHERE event_id = ?");
        this.outliers = session.prepare("SELECT event_id FROM " + graph + "outliers WHERE event_id = ?");
        this.judged = session.prepare("SELECT ordinal, event_id, verdict FROM " + keyspacePrefix
                + "state_resolution.judged WHERE room_id = ? AND bucket = ?");
        this.timeline = session.prepare(
                "SELECT event_id FROM " + keyspacePrefix + "provider.timeline WHERE room_id = ? AND bucket = ?");
    }

    /** The rows of a room's log, by ordinal. The bytes are as they lie there, whatever ID the row says. */
    public List<StoredEvent> stored(RoomId room) {
        return rows(roomLog, room).stream()
                .map(row -> {
                    EventId id = id(row);
                    return new StoredEvent(
                            room,
                            row.getLong("ordinal"),
                            id,
                            StoredPdus.read(RoomVersions.require(text(row, "room_version")), id, bytes(row)));
                })
                .toList();
    }

    /** Where the index says that events are; those that it does not know as connected are left out. */
    public List<IndexRow> index(Collection<EventId> ids) {
        List<IndexRow> found = new ArrayList<>();
        for (EventId id : ids) {
            Row row = session.execute(eventIndex.bind(id.toString())).one();
            if (row != null && !row.isNull("ordinal")) {
                found.add(new IndexRow(id, new RoomId(text(row, "room")), row.getLong("ordinal")));
            }
        }
        return found;
    }

    /** Those of the events that are stored without a place. */
    public Set<EventId> outliers(Collection<EventId> ids) {
        Set<EventId> found = new LinkedHashSet<>();
        for (EventId id : ids) {
            if (session.execute(outliers.bind(id.toString())).one() != null) {
                found.add(id);
            }
        }
        return found;
    }

    /** The judge's verdicts of a room, by ordinal. */
    public List<VerdictRow> verdicts(RoomId room) {
        return rows(judged, room).stream()
                .map(row -> new VerdictRow(room, row.getLong("ordinal"), id(row), text(row, "verdict")))
                .toList();
    }

    /** A room as the provider has it, oldest first. */
    public Feed timeline(RoomId room) {
        List<EventId> events = new ArrayList<>();
        int bucket = 0;
        for (List<Row> page = bucket(timeline, room, bucket); !page.isEmpty(); page = bucket(timeline, room, bucket)) {
            List<EventId> oldestFirst =
                    new ArrayList<>(page.stream().map(CassandraEvidence::id).toList());
            Collections.reverse(oldestFirst);
            events.addAll(oldestFirst);
            bucket++;
        }
        return new Feed("the provider", room, events);
    }

    private List<Row> rows(PreparedStatement statement, RoomId room) {
        List<Row> all = new ArrayList<>();
        int number = 0;
        for (List<Row> page = bucket(statement, room, number);
                !page.isEmpty();
                page = bucket(statement, room, number)) {
            all.addAll(page);
            number++;
        }
        return all;
    }

    private List<Row> bucket(PreparedStatement statement, RoomId room, long number) {
        return session.execute(statement.bind(room.toString(), number)).all();
    }

    private static EventId id(Row row) {
        return new EventId(text(row, "event_id"));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static byte[] bytes(Row row) {
        ByteBuffer buffer = Objects.requireNonNull(row.getByteBuffer("pdu"), "pdu");
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
