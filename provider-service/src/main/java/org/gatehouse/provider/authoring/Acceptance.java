package org.gatehouse.provider.authoring;

import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.runtime.http.MatrixError;

/** Turns a verdict into an answer. */
public final class Acceptance {

    private Acceptance() {}

    /**
     * The accepted event.
     *
     * @throws MatrixError 403 with the judge's reason, or what provider-service refused the send with
     */
    public static EventId require(VerdictReply reply) {
        if (reply.errcode().isPresent()) {
            throw new MatrixError(reply.status(), reply.errcode().get(), reply.reason());
        }
        if (reply.verdict() != Verdict.ACCEPTED || reply.eventId().isEmpty()) {
            String reason = reply.reason().isEmpty()
                    ? "The event was " + reply.verdict().wireName()
                    : reply.reason();
            throw MatrixError.forbidden(reason);
        }
        return reply.eventId().get();
    }
}
