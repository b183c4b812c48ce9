package org.gatehouse.stateresolution.room;

import java.util.List;

/** One chunk of a whole state. */
public record SnapshotRow(long version, int chunk, List<StateEntry> entries) {

    public SnapshotRow {
        entries = List.copyOf(entries);
    }
}
