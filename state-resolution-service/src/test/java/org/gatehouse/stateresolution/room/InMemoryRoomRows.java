package org.gatehouse.stateresolution.room;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/**
 * Rows in memory, packed as they are in Cassandra. Each row is written by itself; {@link #dieAfter} lets the writer die
 * after some of them.
 */
public final class InMemoryRoomRows implements RoomRows {

    private final Map<String, Object> cells = new TreeMap<>();
    private int writesLeft = Integer.MAX_VALUE;
    private int written;

    /** The process dies. */
    public static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The writer dies after so many more rows. */
    public void dieAfter(int writes) {
        writesLeft = writes;
    }

    public int written() {
        return written;
    }

    /** Everything that is stored, as text: equal for equal rows. */
    public Map<String, String> dump() {
        Map<String, String> dump = new TreeMap<>();
        cells.forEach((key, value) -> dump.put(key, value.toString()));
        return dump;
    }

    @Override
    public Optional<RoomHead> head(RoomId roomId) {
        return this.<String>cell("head " + roomId)
                .map(blob -> RoomHead.ofBytes(blob.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<JudgedRow> judged(RoomId roomId, long ordinal) {
        return cell("judged " + roomId + " " + ordinal);
    }

    @Override
    public Optional<PlaceRow> place(EventId eventId) {
        return cell("place " + eventId);
    }

    @Override
    public Map<EventId, AuthRow> authEvents(RoomId roomId, Collection<EventId> eventIds) {
        Map<EventId, AuthRow> found = new HashMap<>();
        for (EventId eventId : eventIds) {
            this.<AuthRow>cell("auth " + roomId + " " + eventId).ifPresent(row -> found.put(eventId, row));
        }
        return found;
    }

    @Override
    public List<VersionRow> versions(RoomId roomId, long upTo) {
        List<VersionRow> found = new ArrayList<>();
        for (long version = Math.max(1, upTo - 2); version <= upTo; version++) {
            this.<VersionRow>cell("version " + roomId + " " + version).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public List<SnapshotRow> snapshot(RoomId roomId, long version, int chunks) {
        List<SnapshotRow> found = new ArrayList<>();
        for (int chunk = 0; chunk < chunks; chunk++) {
            this.<SnapshotRow>cell("snapshot " + roomId + " " + version + " " + chunk)
                    .ifPresent(found::add);
        }
        return found;
    }

    @Override
    public Optional<OutOfBandRow> outOfBand(RoomId roomId, UserId userId, long loggedAt) {
        return cell("oob " + roomId + " " + userId + " " + loggedAt);
    }

    @Override
    public void write(RoomId roomId, RoomWrites writes) {
        for (AuthRow row : writes.authEvents()) {
            String key = "auth " + roomId + " " + row.eventId();
            Optional<AuthRow> before = cell(key);
            put(key, before.map(old -> old.with(row)).orElse(row));
        }
        writes.snapshots()
                .forEach(row -> put(
                        "snapshot " + roomId + " " + row.version() + " " + row.chunk(),
                        new SnapshotRow(
                                row.version(), row.chunk(), StateEntries.read(StateEntries.write(row.entries())))));
        writes.versions().forEach(row -> put("version " + roomId + " " + row.version(), packed(row)));
        writes.judged().forEach(row -> put("judged " + roomId + " " + row.ordinal(), row));
        writes.places().forEach(row -> put("place " + row.eventId(), row));
        writes.outOfBand().forEach(row -> put("oob " + roomId + " " + row.userId() + " " + row.loggedAt(), row));
        RoomHead head = writes.head();
        if (head != null) {
            put("head " + roomId, new String(head.toBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** Loses a row. */
    public void lose(String keyPart) {
        cells.keySet().removeIf(key -> key.contains(keyPart));
    }

    private static VersionRow packed(VersionRow row) {
        return new VersionRow(
                row.version(),
                row.base(),
                row.since(),
                row.size(),
                row.rootHash(),
                row.chunks(),
                StateEntries.read(StateEntries.write(row.changes())),
                row.cause());
    }

    private void put(String key, Object row) {
        if (writesLeft-- <= 0) {
            throw new Died();
        }
        written++;
        cells.put(key, row);
    }

    @SuppressWarnings("unchecked")
    private <T> Optional<T> cell(String key) {
        return Optional.ofNullable((T) cells.get(key));
    }
}
