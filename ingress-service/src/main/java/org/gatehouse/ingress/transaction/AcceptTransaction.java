package org.gatehouse.ingress.transaction;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gatehouse.ingress.pdulog.PduLog;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.runtime.crash.CrashPoint;
import org.jboss.logging.Logger;

/**
 * Takes a transaction: answers a repeat with the stored answer, else checks each PDU, logs the good ones, and answers
 * when every record is acknowledged. A failure to log leaves the transaction unanswered; its repeat completes it.
 */
@ApplicationScoped
class AcceptTransaction {

    private static final Logger LOG = Logger.getLogger(AcceptTransaction.class);

    private final AnsweredTransactions answered;
    private final CheckPdus checkPdus;
    private final LoggedEvents loggedEvents;
    private final PduLog pduLog;
    private final MeterRegistry meters;
    private final Map<Transaction.Key, Uni<byte[]>> underWay = new ConcurrentHashMap<>();

    AcceptTransaction(
            AnsweredTransactions answered,
            CheckPdus checkPdus,
            LoggedEvents loggedEvents,
            PduLog pduLog,
            MeterRegistry meters) {
        this.answered = answered;
        this.checkPdus = checkPdus;
        this.loggedEvents = loggedEvents;
        this.pduLog = pduLog;
        this.meters = meters;
    }

    /** The body of the answer: {@code {"pdus":{<event ID>:{} or {"error":…}}}}. */
    Uni<byte[]> accept(Transaction transaction) {
        return underWay.computeIfAbsent(
                transaction.key(),
                key -> findOrProcess(transaction)
                        .onTermination()
                        .invoke(() -> underWay.remove(key))
                        .memoize()
                        .indefinitely());
    }

    private Uni<byte[]> findOrProcess(Transaction transaction) {
        return answered.find(transaction.key())
                .onFailure()
                .recoverWithItem(failure -> withoutStoredAnswer(transaction, failure))
                .chain(stored -> stored.map(answer -> repeated(answer)).orElseGet(() -> process(transaction)));
    }

    private Uni<byte[]> repeated(byte[] answer) {
        meters.counter("matrix_federation_inbound_transactions_total", "outcome", "repeated")
                .increment();
        return Uni.createFrom().item(answer);
    }

    private Uni<byte[]> process(Transaction transaction) {
        return checkPdus
                .check(transaction)
                .invoke(() -> CrashPoint.reach("ingress.after-verify"))
                .call(this::logAll)
                .invoke(() -> CrashPoint.reach("ingress.after-all-acks-before-200"))
                .invoke(this::count)
                .map(AcceptTransaction::answer)
                .call(answer -> keep(transaction, answer))
                .invoke(() -> CrashPoint.reach("ingress.after-txn-cache-before-200"));
    }

    /** Repeats are recognised event by event as well, so a store that is down costs work, not correctness. */
    private static Optional<byte[]> withoutStoredAnswer(Transaction transaction, Throwable failure) {
        LOG.warnf("answers cannot be read, origin=%s: %s", transaction.origin(), failure.getMessage());
        return Optional.empty();
    }

    private Uni<Void> keep(Transaction transaction, byte[] answer) {
        return answered.keep(transaction.key(), answer)
                .onFailure()
                .invoke(failure ->
                        LOG.warnf("an answer was not kept, origin=%s: %s", transaction.origin(), failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> logAll(List<PduResult> results) {
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

    private void count(List<PduResult> results) {
        for (PduResult result : results) {
            meters.counter("matrix_federation_inbound_pdus_total", "outcome", outcome(result))
                    .increment();
        }
        meters.counter("matrix_federation_inbound_transactions_total", "outcome", "answered")
                .increment();
    }

    private static String outcome(PduResult result) {
        if (result instanceof PduResult.Logged) {
            return "logged";
        }
        if (result instanceof PduResult.Known) {
            return "duplicate";
        }
        return result instanceof PduResult.Refused ? "refused" : "ignored";
    }

    private static byte[] answer(List<PduResult> results) {
        JsonObject pdus = JsonObject.EMPTY;
        for (PduResult result : results) {
            if (result.eventId().isPresent()) {
                JsonObject verdict = result.error()
                        .map(error -> JsonObject.EMPTY.with("error", error))
                        .orElse(JsonObject.EMPTY);
                pdus = pdus.with(result.eventId().get().toString(), verdict);
            }
        }
        return CanonicalJson.write(JsonObject.EMPTY.with("pdus", pdus));
    }
}
