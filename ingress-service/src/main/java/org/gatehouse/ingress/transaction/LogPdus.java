package org.gatehouse.ingress.transaction;

import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.gatehouse.ingress.pdulog.PduLog;
import org.gatehouse.runtime.crash.CrashPoint;

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
        List<Uni<Void>> publishes = results.stream()
                .filter(result -> result.toLog().isPresent())
                .map(this::log)
                .toList();
        if (publishes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.join()
                .all(publishes)
                .andCollectFailures()
                .onFailure(CompositeException.class)
                .transform(
                        failures -> ((CompositeException) failures).getCauses().get(0))
                .replaceWithVoid();
    }

    private Uni<Void> log(PduResult result) {
        return pduLog.append(result.toLog().orElseThrow())
                .invoke(() -> result.eventId().ifPresent(loggedEvents::add))
                .invoke(() -> CrashPoint.reach("ingress.after-some-of-batch"));
    }
}
