package org.gatehouse.eventgraph.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gatehouse.cluster.ConnectedRecord;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReplyTo;

/** A connected event with its bytes: a row of the room's log. */
public record PlacedEvent(Placement placement, PduBytes pdu) {

    /** What the judge is told: once, and once more for each further address that awaits the verdict. */
    public List<ConnectedRecord> records() {
        List<ReplyTo> addresses = placement.replyTo();
        if (addresses.isEmpty()) {
            return List.of(toRecord(Optional.empty()));
        }
        List<ConnectedRecord> records = new ArrayList<>(addresses.size());
        for (ReplyTo address : addresses) {
            records.add(toRecord(Optional.of(address)));
        }
        return records;
    }

    /** The event again, for another address: the judge answers with the verdict that it has or comes to. */
    public ConnectedRecord.Connected toRecord(Optional<ReplyTo> replyTo) {
        return new ConnectedRecord.Connected(
                placement.roomId(),
                placement.roomVersion(),
                placement.eventId(),
                placement.ordinal(),
                placement.source(),
                placement.origin(),
                placement.fanOut(),
                placement.seed(),
                replyTo,
                placement.cause().offset(),
                pdu);
    }
}
