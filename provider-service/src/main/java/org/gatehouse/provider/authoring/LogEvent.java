package org.gatehouse.provider.authoring;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Optional;
import org.gatehouse.cluster.PduBytes;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.runtime.trace.EventTraces;
import org.gatehouse.runtime.trace.TraceParent;

/** Logs signed events of hosted users. */
@ApplicationScoped
public class LogEvent {

    private final RoomLog log;
    private final Verdicts verdicts;
    private final EventTraces traces;
    private final SecureRandom random;

    public LogEvent(RoomLog log, Verdicts verdicts, EventTraces traces, SecureRandom random) {
        this.log = log;
        this.verdicts = verdicts;
        this.traces = traces;
        this.random = random;
    }

    /** Logs an event and waits for its verdict. The same event may be logged again: its verdict stays the same. */
    public VerdictReply made(Pdu event) {
        return verdicts.after(replyTo -> log.append(entry(event, Optional.of(replyTo))));
    }

    /** Logs an event whose verdict nobody waits for, since that of a later one tells. */
    public void madeBeforeOthers(Pdu event) {
        log.append(entry(event, Optional.empty()));
    }

    private ReceivedRecord entry(Pdu event, Optional<ReplyTo> replyTo) {
        return new ReceivedRecord.Made(
                event.roomId(),
                event.roomVersion().id(),
                event.eventId(),
                event.sender(),
                replyTo,
                Optional.of(traceOf(event)),
                new PduBytes(event.canonicalBytes()));
    }

    /** A trace begins here; one who logs the event again goes on with its first. */
    private String traceOf(Pdu event) {
        String id = event.eventId().toString();
        String trace = traces.of(id)
                .orElseGet(() -> TraceParent.continued(null, random).toString());
        traces.saw(Optional.of(id), Optional.of(trace));
        return trace;
    }
}
