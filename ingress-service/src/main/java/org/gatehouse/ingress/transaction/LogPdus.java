package org.gatehouse.ingress.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.gatehouse.ingress.pdulog.PduLog;
import org.gatehouse.runtime.crash.CrashPoint;
import org.gatehouse.runtime.log.AllEnded;

/** Logs what came of the PDUs of a transaction, and remembers what was acknowledged. */
@ApplicationScoped
class LogPdus {

    private final PduLog pduLog;
    private final LoggedEvents loggedEvents;

    LogPdus(PduLog pduLog, LoggedEvents loggedEvents) {
        this.pduLog = pduLog;
        this.loggedEvents = loggedEvents;
    }

    /**
     * Appends each record in the order of the results.
     *
     * @return completes when all are acknowledged; fails with LogUnavailable if one is not, after all have ended
     */
    Uni<Void> log(List<PduResult> results) {
        return AllEnded.of(results.stream()
                .filter(result -> result.toLog().isPresent())
                .map(this::log)
                .toList());
    }

    private Uni<Void> log(PduResult result) {
        return pduLog.append(result.toLog().orElseThrow())
                .invoke(() -> result.eventId().ifPresent(loggedEvents::add))
                .invoke(() -> CrashPoint.reach("ingress.after-some-of-batch"));
    }
}
