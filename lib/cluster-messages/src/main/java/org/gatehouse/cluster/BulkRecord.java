package org.gatehouse.cluster;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * One event of a seed's state or of its auth chain, checked 1 to 3 by egress (topic pdu-bulk).
 *
 * @param role whether the event belongs to the state itself or only to its auth chain
 * @param pdu absent if the cluster has the event already
 */
public record BulkRecord(
        String bulkId, RoomId roomId, String roomVersion, Role role, EventId eventId, Optional<PduBytes> pdu)
        implements ClusterRecord {

    public enum Role {
        STATE,
        AUTH
    }

    @Override
    public String key() {
        return roomId.toString();
    }

    @Override
    public List<EncodedRecord.Header> headers() {
        return List.of(new EncodedRecord.Header("event-id", eventId.toString()));
    }
}
