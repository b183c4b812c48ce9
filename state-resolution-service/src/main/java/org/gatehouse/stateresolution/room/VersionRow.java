package org.gatehouse.stateresolution.room;

import java.util.List;

/**
 * A version of the room's state, as the difference to an earlier one.
 *
 * @param since number of changes between the nearest snapshot below and this version; 0 if it has a snapshot itself
 * @param size number of entries of the state
 * @param rootHash of the state, to notice corruption
 * @param chunks number of chunks of its snapshot, 0 if it has none
 * @param changes to base; empty if there is a snapshot
 */
public record VersionRow(
        long version, long base, int since, int size, long rootHash, int chunks, List<StateEntry> changes, long cause) {

    public VersionRow {
        changes = List.copyOf(changes);
    }
}
