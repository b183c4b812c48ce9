package org.gatehouse.egress.membership;

import java.util.Optional;
import org.gatehouse.egress.verification.CheckEvents;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.receipt.ReceiptOutcome;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Accepted;
import org.gatehouse.matrix.receipt.ReceiptOutcome.Dropped;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.runtime.http.MatrixError;

/** An event of ours on its way to another server, which may add its signature and nothing else. */
record OwnEvent(RoomVersion version, JsonObject json, EventId eventId) {

    static OwnEvent of(RoomVersion version, JsonObject json) {
        UnverifiedPdu pdu = new UnverifiedPdu(version, json.without("unsigned"));
        EventId id = pdu.eventId().orElseThrow(() -> MatrixError.badJson("the event has no ID"));
        return new OwnEvent(version, pdu.json(), id);
    }

    /**
     * Our event with the signatures of that server which its answer bears.
     *
     * @param answered the event as the server gives it back
     * @throws HostileAnswer if it is another event
     */
    JsonObject withSignaturesOf(ServerName server, JsonObject answered) {
        Optional<EventId> theirs = new UnverifiedPdu(version, answered).eventId();
        if (!theirs.equals(Optional.of(eventId))) {
            throw new HostileAnswer("another event");
        }
        Optional<JsonObject> added = answered.object("signatures").flatMap(all -> all.object(server.toString()));
        if (added.isEmpty()) {
            return json;
        }
        JsonObject signatures = json.object("signatures").orElse(JsonObject.EMPTY);
        return json.with("signatures", signatures.with(server.toString(), added.get()));
    }

    /**
     * The event as a checked one.
     *
     * @throws HostileAnswer if the signature that the other server owed is missing or false
     */
    Pdu checked(CheckEvents check, JsonObject signed, RoomId roomId) {
        ReceiptOutcome outcome = check.check(new UnverifiedPdu(version, signed));
        if (outcome instanceof Dropped dropped) {
            throw new HostileAnswer("our event, which now fails: " + dropped.reason());
        }
        Accepted accepted = (Accepted) outcome;
        if (accepted.redacted() || !accepted.pdu().roomId().equals(roomId)) {
            throw new HostileAnswer("our event, changed");
        }
        return accepted.pdu();
    }
}
