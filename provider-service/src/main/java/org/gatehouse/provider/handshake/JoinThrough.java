package org.gatehouse.provider.handshake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.authoring.Acceptance;
import org.gatehouse.provider.authoring.EventSigner;
import org.gatehouse.provider.authoring.RoomLog;
import org.gatehouse.provider.authoring.Verdicts;
import org.gatehouse.provider.delivery.AwaitDelivery;
import org.gatehouse.runtime.http.MatrixError;

/**
 * One attempt to join through one server: template, our own event, its signature, a durable row, JoinBegun in the
 * room's log, and only then send_join. JoinDone is logged by egress; JoinFailed by us, or by {@link ResumeJoins} if it
 * is not known what came of it.
 */
@ApplicationScoped
class JoinThrough {

    private final RemoteRooms remote;
    private final EventSigner signer;
    private final JoinAttempts attempts;
    private final RoomLog log;
    private final Verdicts verdicts;
    private final AwaitDelivery delivery;
    private final Clock clock;

    JoinThrough(
            RemoteRooms remote,
            EventSigner signer,
            JoinAttempts attempts,
            RoomLog log,
            Verdicts verdicts,
            AwaitDelivery delivery,
            Clock clock) {
        this.remote = remote;
        this.signer = signer;
        this.attempts = attempts;
        this.log = log;
        this.verdicts = verdicts;
        this.delivery = delivery;
        this.clock = clock;
    }

    /** @throws MatrixError if the server refuses, or the judge does */
    void join(ServerName through, UserId userId, RoomId roomId, Optional<String> reason) {
        RawTemplate template = remote.makeMembership(through, userId, roomId, "join");
        EventDraft draft = new MembershipTemplate(roomId, userId, "join").build(template, reason, clock.millis());
        Pdu event = signer.sign(draft);
        JoinAttempt attempt = begin(userId, event);
        VerdictReply reply = carryOut(through, attempt, event);
        attempts.finish(attempt, JoinAttempt.Outcome.DONE);
        Acceptance.require(reply);
        delivery.reached(roomId, reply.ordinal());
    }

    private JoinAttempt begin(UserId userId, Pdu event) {
        JoinAttempt attempt = new JoinAttempt(
                UUID.randomUUID().toString(),
                event.roomId(),
                userId,
                event.roomVersion().id(),
                event.eventId(),
                clock.millis());
        attempts.begin(attempt);
        log.append(new ReceivedRecord.JoinBegun(
                attempt.roomId(), attempt.roomVersion(), attempt.attemptId(), attempt.userId()));
        return attempt;
    }

    /** A refusal is the attempt's end; if egress does not answer, or no verdict comes, the attempt stays open. */
    private VerdictReply carryOut(ServerName through, JoinAttempt attempt, Pdu event) {
        AtomicBoolean joined = new AtomicBoolean();
        try {
            return verdicts.after(replyTo -> {
                remote.join(through, event, attempt.attemptId(), replyTo);
                joined.set(true);
            });
        } catch (MatrixError refusal) {
            if (!joined.get()) {
                log.append(new ReceivedRecord.JoinFailed(attempt.roomId(), attempt.attemptId(), refusal.text()));
                attempts.finish(attempt, JoinAttempt.Outcome.FAILED);
            }
            throw refusal;
        }
    }
}
