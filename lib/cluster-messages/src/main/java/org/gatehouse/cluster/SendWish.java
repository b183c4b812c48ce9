package org.gatehouse.cluster;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/**
 * An event that a hosted user wants to send (topic send-wanted), worked by the room's owner one after another.
 *
 * @param deviceId and txnId name the send; the same pair gets the same event
 */
public record SendWish(
        RoomId roomId,
        UserId sender,
        String deviceId,
        String txnId,
        String type,
        Optional<String> stateKey,
        JsonObject content,
        Optional<Long> timestamp,
        Optional<ReplyTo> replyTo)
        implements ClusterRecord {

    @Override
    public String key() {
        return roomId.toString();
    }
}
