package org.gatehouse.provider.authoring;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.SendWish;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.delivery.AwaitDelivery;
import org.gatehouse.provider.door.Requester;

/** Has an event sent: wishes for it, waits for the verdict and, shortly, for its delivery. For worker threads. */
@ApplicationScoped
public class SendEvent {

    private final Wishes wishes;
    private final Verdicts verdicts;
    private final AwaitDelivery delivery;

    public SendEvent(Wishes wishes, Verdicts verdicts, AwaitDelivery delivery) {
        this.wishes = wishes;
        this.verdicts = verdicts;
        this.delivery = delivery;
    }

    /**
     * What is to be sent.
     *
     * @param transaction names the send among those of the sender's device in the room
     * @param timestamp of an application service that bridges the past
     */
    public record Outgoing(
            RoomId roomId,
            String type,
            Optional<String> stateKey,
            JsonObject content,
            String transaction,
            Optional<Long> timestamp) {

        /** The same at a time that the sender names. */
        public Outgoing at(Optional<Long> time) {
            return new Outgoing(roomId, type, stateKey, content, transaction, time);
        }

        /** A state event that no client transaction names. */
        public static Outgoing state(RoomId roomId, String type, String stateKey, JsonObject content) {
            return new Outgoing(
                    roomId, type, Optional.of(stateKey), content, "once " + UUID.randomUUID(), Optional.empty());
        }
    }

    /**
     * Returns the event when it is judged and, mostly, delivered.
     *
     * @throws org.gatehouse.runtime.http.MatrixError if the event was refused
     */
    public EventId send(Requester sender, Outgoing outgoing) {
        VerdictReply reply = verdicts.after(replyTo -> wishes.publish(wish(sender, outgoing, replyTo)));
        EventId eventId = Acceptance.require(reply);
        delivery.reached(outgoing.roomId(), reply.ordinal());
        return eventId;
    }

    private static SendWish wish(Requester sender, Outgoing outgoing, ReplyTo replyTo) {
        return new SendWish(
                outgoing.roomId(),
                sender.userId(),
                sender.deviceId(),
                outgoing.transaction(),
                outgoing.type(),
                outgoing.stateKey(),
                outgoing.content(),
                outgoing.timestamp(),
                Optional.of(replyTo));
    }
}
