package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.ingress.pdulog.PduLog;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.log.VerdictReplies;

/** Logs a record and waits for the judge. */
@ApplicationScoped
class AwaitVerdict {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PduLog pduLog;
    private final VerdictReplies replies;

    AwaitVerdict(PduLog pduLog, VerdictReplies replies) {
        this.pduLog = pduLog;
        this.replies = replies;
    }

    /**
     * Logs the record that is made for a reply address, and waits.
     *
     * @return the positive verdict; otherwise 403 with the judge's reason, or 503 if none came in time (the event stays
     *     logged, and a repeat of the request gets its verdict)
     */
    Uni<VerdictReply> log(Function<Optional<ReplyTo>, ReceivedRecord> record) {
        ReplyTo address = replies.register();
        return pduLog.append(record.apply(Optional.of(address)))
                .onFailure()
                .invoke(() -> replies.forget(address))
                .chain(() -> replies.await(address, PATIENCE))
                .onFailure(TimeoutException.class)
                .transform(late -> new MatrixError(
                        503, "M_UNKNOWN", "no verdict yet, ask again", Optional.of(Duration.ofSeconds(5))))
                .map(AwaitVerdict::requireAccepted);
    }

    private static VerdictReply requireAccepted(VerdictReply reply) {
        if (reply.verdict() != Verdict.ACCEPTED) {
            throw new MatrixError(403, "M_FORBIDDEN", reply.reason());
        }
        return reply;
    }
}
