package org.gatehouse.cluster;

import java.util.List;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * An event on its way to the destinations of one shard (topic outbound).
 *
 * @param shard the partition, the same for a destination always
 * @param origin the hosted server name that sends it
 */
public record OutboundPdu(
        int shard, List<ServerName> destinations, ServerName origin, RoomId roomId, EventId eventId, PduBytes pdu)
        implements ClusterRecord {

    public OutboundPdu {
        destinations = List.copyOf(destinations);
    }

    @Override
    public String key() {
        return Integer.toString(shard);
    }

    @Override
    public List<EncodedRecord.Header> headers() {
        return List.of(new EncodedRecord.Header("event-id", eventId.toString()));
    }
}
