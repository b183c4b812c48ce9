package org.gatehouse.eventgraph.connect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gatehouse.cassandra.HeadStamp;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.eventgraph.room.WaitingRow;
import org.gatehouse.eventgraph.room.WaitingRow.KeptBytes;
import org.gatehouse.matrix.identifier.RoomId;

/** What happened to waiting events. Rows go away by themselves some weeks after they were written. */
public interface WaitingEvents {

    void store(RoomId roomId, List<WaitingRow> rows);

    /**
     * The rows of some weeks, first and last included, without the events' bytes.
     *
     * @param firstCause rows of earlier causes are left out
     */
    List<WaitingRow> read(RoomId roomId, int firstWeek, int lastWeek, HeadStamp firstCause);

    /** The bytes of waiting events; what is gone is missing in the answer. */
    Map<KeptBytes, PduBytes> bytes(RoomId roomId, Set<KeptBytes> places);
}
