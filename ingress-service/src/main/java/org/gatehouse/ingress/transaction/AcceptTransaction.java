package org.gatehouse.ingress.transaction;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gatehouse.ingress.admission.IntakeMeters;
import org.gatehouse.ingress.admission.IntakeMeters.TransactionOutcome;
import org.gatehouse.ingress.edu.AcceptEdus;
import org.gatehouse.ingress.edu.AdmittedEdus;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.runtime.crash.CrashPoint;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.log.AllEnded;
import org.jboss.logging.Logger;

/**
 * Takes a transaction: answers a repeat with the stored answer, else checks each PDU and EDU, logs the good ones, and
 * answers when every record is acknowledged. A failure to log leaves the transaction unanswered; its repeat completes it.
 */
@ApplicationScoped
class AcceptTransaction {

    private static final Logger LOG = Logger.getLogger(AcceptTransaction.class);

    private final AnsweredTransactions answered;
    private final CheckPdus checkPdus;
    private final LogPdus logPdus;
    private final AcceptEdus acceptEdus;
    private final IntakeMeters meters;
    private final Map<Transaction.Key, Uni<byte[]>> underWay = new ConcurrentHashMap<>();

    AcceptTransaction(
            AnsweredTransactions answered,
            CheckPdus checkPdus,
            LogPdus logPdus,
            AcceptEdus acceptEdus,
            IntakeMeters meters) {
        this.answered = answered;
        this.checkPdus = checkPdus;
        this.logPdus = logPdus;
        this.acceptEdus = acceptEdus;
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
        meters.transaction(TransactionOutcome.REPEATED);
        return Uni.createFrom().item(answer);
    }

    private Uni<byte[]> process(Transaction transaction) {
        return admitEdus(transaction)
                .chain(edus -> checkPdus
                        .check(transaction)
                        .invoke(() -> CrashPoint.reach("ingress.after-verify"))
                        .call(results -> publish(results, edus))
                        .invoke(() -> CrashPoint.reach("ingress.after-all-acks-before-200"))
                        .invoke(this::count))
                .onFailure()
                .invoke(this::countFailure)
                .map(AcceptTransaction::answer)
                .call(answer -> keep(transaction, answer))
                .invoke(() -> CrashPoint.reach("ingress.after-txn-cache-before-200"));
    }

    /** Both at once, each with its own five seconds; what fails leaves the rest to end, so that it is remembered. */
    private Uni<Void> publish(List<PduResult> results, AdmittedEdus edus) {
        if (edus.records().isEmpty()) {
            return logPdus.log(results);
        }
        return AllEnded.of(List.of(logPdus.log(results), acceptEdus.publish(edus)));
    }

    /** Fails if the whole transaction is refused for its EDUs: before anything of it is done. */
    private Uni<AdmittedEdus> admitEdus(Transaction transaction) {
        if (transaction.edus().isEmpty()) {
            return Uni.createFrom().item(AdmittedEdus.NONE);
        }
        return Uni.createFrom()
                .item(() -> acceptEdus.admit(transaction.origin(), transaction.destination(), transaction.edus()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
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

    private void count(List<PduResult> results) {
        results.forEach(result -> meters.pdu(result.outcome()));
        meters.transaction(TransactionOutcome.ANSWERED);
    }

    private void countFailure(Throwable failure) {
        meters.transaction(failure instanceof MatrixError ? TransactionOutcome.REFUSED : TransactionOutcome.FAILED);
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
