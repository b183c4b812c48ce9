package org.gatehouse.stateresolution.room;

import java.util.List;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.matrix.identifier.EventId;

/**
 * A verdict as it is stored. With the record that was judged it gives the outputs again.
 *
 * @param stateBefore and the other states: versions of this room
 * @param authEvents those that count: the ones cited, and the create event that a room ID implies
 * @param cause offset of the record in pdu-connected
 */
public record JudgedRow(
        long ordinal,
        EventId eventId,
        Verdict verdict,
        String rule,
        String reason,
        long stateBefore,
        long stateAfter,
        long currentBefore,
        long currentAfter,
        long depth,
        List<EventId> authEvents,
        long cause) {

    public JudgedRow {
        authEvents = List.copyOf(authEvents);
    }
}
