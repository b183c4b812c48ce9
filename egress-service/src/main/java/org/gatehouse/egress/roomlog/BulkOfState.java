package org.gatehouse.egress.roomlog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;

/** A state and its auth chain as records of the bulk. */
public final class BulkOfState {

    private BulkOfState() {}

    /**
     * @param events auth events before those that cite them
     * @param state those of them that are the state; the others are its auth chain
     */
    public static List<BulkRecord> records(String bulkId, List<Pdu> events, Set<EventId> state) {
        return events.stream()
                .map(event -> new BulkRecord(
                        bulkId,
                        event.roomId(),
                        event.roomVersion().id(),
                        state.contains(event.eventId()) ? BulkRecord.Role.STATE : BulkRecord.Role.AUTH,
                        event.eventId(),
                        Optional.of(new PduBytes(event.canonicalBytes()))))
                .toList();
    }
}
