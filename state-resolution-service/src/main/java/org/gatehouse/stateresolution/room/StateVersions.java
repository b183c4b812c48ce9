package org.gatehouse.stateresolution.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.stateres.StateChange;
import org.gatehouse.matrix.stateres.StateMap;
import org.jspecify.annotations.Nullable;

/**
 * The states that the room has been in, by version. In memory they share what they share; stored, each is its
 * difference to another, with a snapshot now and then. Version 0 is the empty state.
 */
public final class StateVersions {

    private static final int MIN_CHANGES_TO_SNAPSHOT = 1024;

    private final RoomId roomId;
    private final RoomRows rows;
    private final AuthEvents authEvents;
    private final RowCache<Long, Version> versions;
    private long last;

    StateVersions(RoomId roomId, RoomRows rows, AuthEvents authEvents, int capacity, long last) {
        this.roomId = roomId;
        this.rows = rows;
        this.authEvents = authEvents;
        this.versions = new RowCache<>(capacity);
        this.last = last;
    }

    /**
     * The state of a version.
     *
     * @throws CorruptRoom if its rows are incomplete
     */
    public StateMap state(long version) {
        return load(version).map;
    }

    /** The highest version given so far. */
    public long last() {
        return last;
    }

    void last(long newLast) {
        last = newLast;
    }

    /**
     * The version of a state: one of the bases if it is the same, else a new one.
     *
     * @param bases versions to store the difference to, whichever is nearest; the first of equals
     */
    public long versionOf(StateMap state, List<Long> bases, long cause, RoomWrites writes) {
        Version nearest = load(0);
        List<StateChange> changes = List.of();
        boolean found = false;
        for (long base : bases) {
            Version candidate = load(base);
            if (candidate.map.equals(state)) {
                return base;
            }
            List<StateChange> toState = candidate.map.diff(state);
            if (!found || toState.size() < changes.size()) {
                nearest = candidate;
                changes = toState;
                found = true;
            }
        }
        return add(state, nearest, changes, cause, writes);
    }

    void stored() {
        versions.stored();
    }

    private long add(StateMap state, Version base, List<StateChange> changes, long cause, RoomWrites writes) {
        long number = ++last;
        int since = base.since + changes.size();
        boolean snapshot = since > Math.max(MIN_CHANGES_TO_SNAPSHOT, state.size() / 8);
        int chunks = snapshot ? writeSnapshot(number, state, writes) : 0;
        writes.add(new VersionRow(
                number,
                base.number,
                snapshot ? 0 : since,
                state.size(),
                state.rootHash(),
                chunks,
                snapshot ? List.of() : entries(changes),
                cause));
        versions.addFresh(number, new Version(number, snapshot ? 0 : since, state));
        return number;
    }

    private int writeSnapshot(long number, StateMap state, RoomWrites writes) {
        List<StateEntry> entries = new ArrayList<>(state.size());
        state.forEach((key, eventId) ->
                entries.add(new StateEntry(key, Optional.of(eventId), authEvents.membership(eventId))));
        List<List<StateEntry>> chunks = StateEntries.chunks(entries);
        for (int i = 0; i < chunks.size(); i++) {
            writes.add(new SnapshotRow(number, i, chunks.get(i)));
        }
        return chunks.size();
    }

    private List<StateEntry> entries(List<StateChange> changes) {
        List<StateEntry> entries = new ArrayList<>(changes.size());
        for (StateChange change : changes) {
            entries.add(new StateEntry(
                    change.key(),
                    change.after(),
                    change.after().map(authEvents::membership).orElse(Membership.NONE)));
        }
        return entries;
    }

    private Version load(long version) {
        if (version == 0) {
            return Version.EMPTY;
        }
        Version loaded = versions.get(version);
        return loaded != null ? loaded : read(version);
    }

    /** Walks the differences down to a version in memory or a snapshot, then up again. */
    private Version read(long version) {
        Map<Long, VersionRow> read = new HashMap<>();
        Deque<VersionRow> toApply = new ArrayDeque<>();
        @Nullable Version base = null;
        long next = version;
        while (base == null) {
            VersionRow row = row(next, read);
            if (row.chunks() > 0) {
                base = checked(row, new Version(next, 0, readSnapshot(row)));
            } else {
                toApply.push(row);
                next = row.base();
                base = next == 0 ? Version.EMPTY : versions.get(next);
            }
        }
        while (!toApply.isEmpty()) {
            VersionRow row = toApply.pop();
            base = checked(row, new Version(row.version(), row.since(), apply(base.map, row.changes())));
        }
        return base;
    }

    private VersionRow row(long version, Map<Long, VersionRow> read) {
        if (!read.containsKey(version)) {
            rows.versions(roomId, version).forEach(row -> read.put(row.version(), row));
        }
        VersionRow row = read.get(version);
        if (row == null) {
            throw new CorruptRoom("version " + version + " of " + roomId + " is gone");
        }
        return row;
    }

    private StateMap readSnapshot(VersionRow row) {
        List<SnapshotRow> chunks = rows.snapshot(roomId, row.version(), row.chunks());
        if (chunks.size() != row.chunks()) {
            throw new CorruptRoom("the snapshot of version " + row.version() + " of " + roomId + " has " + chunks.size()
                    + " chunks, not " + row.chunks());
        }
        StateMap state = StateMap.EMPTY;
        for (SnapshotRow chunk : chunks) {
            state = apply(state, chunk.entries());
        }
        return state;
    }

    private StateMap apply(StateMap state, List<StateEntry> entries) {
        StateMap applied = state;
        for (StateEntry entry : entries) {
            StateKey key = entry.key();
            Optional<EventId> eventId = entry.eventId();
            if (eventId.isPresent()) {
                applied = applied.with(key, eventId.get());
                if (entry.membership() != Membership.NONE) {
                    authEvents.learnMembership(eventId.get(), entry.membership());
                }
            } else {
                applied = applied.without(key);
            }
        }
        return applied;
    }

    private Version checked(VersionRow row, Version version) {
        if (version.map.size() != row.size() || version.map.rootHash() != row.rootHash()) {
            throw new CorruptRoom("version " + row.version() + " of " + roomId + " is not the state that was stored");
        }
        versions.add(row.version(), version);
        return version;
    }

    private record Version(long number, int since, StateMap map) {
        private static final Version EMPTY = new Version(0, 0, StateMap.EMPTY);
    }
}
