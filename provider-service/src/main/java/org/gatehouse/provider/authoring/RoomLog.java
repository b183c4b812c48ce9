package org.gatehouse.provider.authoring;

import org.gatehouse.cluster.ReceivedRecord;

/** The log of each room, pdu-received. */
public interface RoomLog {

    /**
     * Returns when the record is acknowledged by all replicas.
     *
     * @throws org.gatehouse.runtime.log.LogUnavailable if that is not sure
     */
    void append(ReceivedRecord entry);
}
