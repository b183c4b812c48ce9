package org.gatehouse.eventgraph.connect;

import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.log.LogUnavailable;

/**
 * A room's stored head comes from a later generation of the log than the one that is configured: this service reads an
 * old log, or its configuration was set back. Nothing may be written. Its cause is a {@link LogUnavailable}, so that the
 * room's work is held up, and the service not ready, until an operator has mended it.
 */
public final class HeadAhead extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HeadAhead(RoomId roomId, int stored, int configured) {
        super(
                "the head of " + roomId + " is of generation " + stored + ", gatehouse.generation is " + configured,
                new LogUnavailable("the log is of an earlier generation"));
    }
}
