package org.gatehouse.provider.authoring;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.gatehouse.cluster.SendWish;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.provider.authoring.SentEvents.Attempt;
import org.gatehouse.runtime.http.MatrixError;

/**
 * Makes the event of one wish on top of the room's heads. Signed events are stored before they are logged: whatever
 * fails in between, a repeat logs the same event and gets its verdict.
 */
@ApplicationScoped
class MakeEvent {

    private static final int LAST_ATTEMPT = 2;

    private final EventTemplates templates;
    private final EventSigner signer;
    private final HaveRecommended policy;
    private final SentEvents sent;
    private final LogEvent log;
    private final Clock clock;

    MakeEvent(
            EventTemplates templates,
            EventSigner signer,
            HaveRecommended policy,
            SentEvents sent,
            LogEvent log,
            Clock clock) {
        this.templates = templates;
        this.signer = signer;
        this.policy = policy;
        this.sent = sent;
        this.log = log;
        this.clock = clock;
    }

    /**
     * The judge's verdict of the event that the wish became.
     *
     * @throws MatrixError if it never became one
     */
    VerdictReply make(SendWish wish) {
        Optional<Attempt> before = sent.find(wish);
        Attempt attempt = before.isPresent() ? before.get() : attempt(wish, 1);
        VerdictReply verdict = log.made(attempt.event());
        if (verdict.verdict() == Verdict.SOFT_FAILED && attempt.number() < LAST_ATTEMPT) {
            // The head moved between template and judgement: once more, on top of what is there now.
            verdict = log.made(attempt(wish, attempt.number() + 1).event());
        }
        return verdict;
    }

    private Attempt attempt(SendWish wish, int number) {
        Attempt attempt = new Attempt(number, signed(wish));
        sent.put(wish, attempt);
        return attempt;
    }

    private Pdu signed(SendWish wish) {
        EventTemplate template = templates
                .template(wish.roomId(), wish.sender(), wish.type(), wish.stateKey(), wish.content())
                .orElseThrow(() -> MatrixError.forbidden(wish.sender() + " is not in the room"));
        if (!template.allowed()) {
            throw MatrixError.forbidden(template.reason());
        }
        return policy.recommended(signer.sign(draft(wish, template)), template.policy());
    }

    private EventDraft draft(SendWish wish, EventTemplate template) {
        EventDraft.Builder draft = template.place(
                        EventDraft.builder(template.roomVersion(), wish.sender(), wish.type()))
                .roomId(wish.roomId())
                .originServerTs(wish.timestamp().orElseGet(clock::millis));
        wish.stateKey().ifPresent(draft::stateKey);
        Optional<EventId> redacts = redacts(wish);
        redacts.ifPresent(draft::redacts);
        return draft.content(redacts.isPresent() ? wish.content().without("redacts") : wish.content())
                .build();
    }

    /** A wish carries the target of a redaction in its content; the draft puts it where the room version wants it. */
    private static Optional<EventId> redacts(SendWish wish) {
        return wish.type().equals(EventTypes.REDACTION)
                ? wish.content().string("redacts").flatMap(EventId::tryParse)
                : Optional.empty();
    }
}
