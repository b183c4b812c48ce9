package org.gatehouse.ingress.handshake;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.log.Publisher;
import org.gatehouse.runtime.log.VerdictReplies;

/** Logs a record and waits for the judge. */
@ApplicationScoped
class AwaitVerdict {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RecordCodec<ReceivedRecord> CODEC = RecordCodec.of(ReceivedRecord.class);

    private final Publisher publisher;
    private final VerdictReplies replies;

    AwaitVerdict(Publisher publisher, VerdictReplies replies) {
        this.publisher = publisher;
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
        ReceivedRecord message = record.apply(Optional.of(address));
        return publisher
                .publish(Topics.PDU_RECEIVED, message.key(), CODEC.encode(message))
                .chain(published -> replies.await(address, PATIENCE))
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
