package org.gatehouse.loadtests;

import java.util.List;
import org.gatehouse.matrix.identifier.EventId;

/**
 * A transaction that is signed and serialised already, so that sending it costs the sender next to nothing.
 *
 * @param target path of the PUT
 * @param body the canonical JSON
 * @param authorization the X-Matrix header, over target and body
 * @param eventIds the PDUs in it, in their order
 */
public record PreparedTransaction(String target, byte[] body, String authorization, List<EventId> eventIds) {
    public PreparedTransaction {
        eventIds = List.copyOf(eventIds);
    }
}
