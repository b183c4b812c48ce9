package org.gatehouse.provider.authoring;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.event.Pdu;

/** Logs signed events of hosted users. */
@ApplicationScoped
public class LogEvent {

    private final RoomLog log;
    private final Verdicts verdicts;

    public LogEvent(RoomLog log, Verdicts verdicts) {
        this.log = log;
        this.verdicts = verdicts;
    }

    /** Logs an event and waits for its verdict. The same event may be logged again: its verdict stays the same. */
    public VerdictReply made(Pdu event) {
        return verdicts.after(replyTo -> log.append(entry(event, Optional.of(replyTo))));
    }

    /** Logs an event whose verdict nobody waits for, since that of a later one tells. */
    public void madeBeforeOthers(Pdu event) {
        log.append(entry(event, Optional.empty()));
    }

    private static ReceivedRecord entry(Pdu event, Optional<ReplyTo> replyTo) {
        return new ReceivedRecord.Made(
                event.roomId(),
                event.roomVersion().id(),
                event.eventId(),
                event.sender(),
                replyTo,
                Optional.empty(),
                new PduBytes(event.canonicalBytes()));
    }
}
