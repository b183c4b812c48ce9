package org.gatehouse.egress.roomlog;

import java.util.List;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.matrix.identifier.RoomId;

/** Where checked events go: the room's log, and beside it the bulk that a record of the log names. */
public interface RoomLogs {

    /** Writes a run of records of one room; all are acknowledged when it returns. */
    BulkRange writeBulk(RoomId roomId, String bulkId, List<BulkRecord> records);

    /** Writes records of one room's log, in order; all are acknowledged when it returns. */
    void writeLog(List<? extends ReceivedRecord> records);
}
