package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.gatehouse.ingress.eventkeys.EventKeys;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.matrix.receipt.DropReason;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.receipt.ReceiptOutcome;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.runtime.http.MatrixError;

/**
 * Checks 1 to 3 of an event that a handshake brings, and that it is what the handshake is for. Nothing is logged or
 * signed before this.
 */
@ApplicationScoped
class CheckedEvent {

    private final EventKeys eventKeys;

    CheckedEvent(EventKeys eventKeys) {
        this.eventKeys = eventKeys;
    }

    /** The event, checked; otherwise 400, or 403 for a signature. */
    Uni<Pdu> of(RoomVersion version, JsonObject json, Expected expected) {
        UnverifiedPdu pdu = new UnverifiedPdu(version, json);
        expected.require(pdu);
        return eventKeys
                .ringFor(List.of(pdu))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(ring -> passed(PduChecks.check(pdu, ring)));
    }

    private static Pdu passed(ReceiptOutcome outcome) {
        if (outcome instanceof ReceiptOutcome.Accepted accepted) {
            if (accepted.redacted()) {
                throw Handshake.invalid("the event's content hash does not match");
            }
            return accepted.pdu();
        }
        ReceiptOutcome.Dropped dropped = (ReceiptOutcome.Dropped) outcome;
        if (isAboutSignatures(dropped.reason())) {
            throw new MatrixError(403, "M_FORBIDDEN", dropped.detail());
        }
        throw Handshake.invalid(dropped.detail());
    }

    private static boolean isAboutSignatures(DropReason reason) {
        return switch (reason) {
            case SIGNATURE_MISSING, SIGNATURE_INVALID, KEY_UNKNOWN -> true;
            case FORMAT, TOO_LARGE, NOT_CANONICAL, HASH_MISSING -> false;
        };
    }

    /**
     * What a handshake is for.
     *
     * @param senderServer whose users may be the sender
     * @param ofOneself whether the state key must be the sender
     */
    record Expected(RoomId roomId, EventId eventId, String membership, ServerName senderServer, boolean ofOneself) {

        void require(UnverifiedPdu pdu) {
            JsonObject event = pdu.json();
            require(event.string("type").filter("m.room.member"::equals).isPresent(), "not an m.room.member event");
            require(
                    event.object("content")
                            .flatMap(content -> content.string("membership"))
                            .filter(membership::equals)
                            .isPresent(),
                    "the membership is not " + membership);
            require(
                    event.string("room_id").filter(roomId.toString()::equals).isPresent(),
                    "the event is of another room than the path");
            require(pdu.eventId().filter(eventId::equals).isPresent(), "the event has another ID than the path");
            String sender = event.string("sender").orElse("");
            require(
                    UserId.tryParse(sender)
                            .filter(user -> user.serverName().equals(senderServer))
                            .isPresent(),
                    "the sender is not a user of " + senderServer);
            String stateKey = event.string("state_key").orElse("");
            require(!ofOneself || stateKey.equals(sender), "the state key is not the sender");
        }

        private static void require(boolean claim, String otherwise) {
            if (!claim) {
                throw Handshake.invalid(otherwise);
            }
        }
    }
}
