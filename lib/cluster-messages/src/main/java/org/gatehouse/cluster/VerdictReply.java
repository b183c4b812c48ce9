package org.gatehouse.cluster;

import java.util.Optional;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;

/**
 * The answer to who waits for a verdict (topic verdict-replies).
 *
 * @param eventId the event that the verdict is about; a repeated send gets the event that was made the first time.
 *     Empty if none could be made
 * @param errcode and status: set by provider-service alone, when the send never became an event
 */
public record VerdictReply(
        ReplyTo replyTo,
        RoomId roomId,
        Optional<EventId> eventId,
        Verdict verdict,
        String rule,
        String reason,
        long ordinal,
        long currentState,
        int status,
        Optional<String> errcode)
        implements ClusterRecord {

    @Override
    public String key() {
        return replyTo.correlation();
    }
}
