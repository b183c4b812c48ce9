package org.gatehouse.provider.authoring;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.SendWish;
import org.gatehouse.cluster.Topics;
import org.gatehouse.cluster.Verdict;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.log.Publisher;
import org.gatehouse.runtime.log.RecordIntake;
import org.gatehouse.runtime.log.RecordIntakes;
import org.gatehouse.runtime.log.SourceRecord;

/** Reads send-wanted: the room's owner works its wishes one after another, and answers who asked. */
@ApplicationScoped
public class WishConsumer {

    private static final int ROOMS_AT_ONCE = 16;
    private static final int MAX_IN_FLIGHT = 512;
    private static final RecordCodec<SendWish> WISHES = RecordCodec.of(SendWish.class);
    private static final RecordCodec<VerdictReply> REPLIES = RecordCodec.of(VerdictReply.class);

    private final RecordIntake intake;
    private final MakeEvent make;
    private final Publisher publisher;

    WishConsumer(RecordIntakes intakes, MakeEvent make, Publisher publisher) {
        this.intake = intakes.open("send-wanted", ROOMS_AT_ONCE, MAX_IN_FLIGHT);
        this.make = make;
        this.publisher = publisher;
    }

    @Incoming("send-wanted")
    Uni<Void> accept(Message<byte[]> message) {
        return intake.accept(message, this::work);
    }

    private void work(SourceRecord record) {
        SendWish wish = WISHES.decode(record.value());
        VerdictReply outcome = outcome(make, wish);
        wish.replyTo().ifPresent(asking -> reply(asking, outcome));
    }

    /** What the wish came to. A refusal is an outcome; a service that does not answer is waited for by the intake. */
    static VerdictReply outcome(MakeEvent make, SendWish wish) {
        try {
            return make.make(wish);
        } catch (MatrixError refusal) {
            return new VerdictReply(
                    wish.replyTo().orElse(new ReplyTo(0, "nobody")),
                    wish.roomId(),
                    Optional.empty(),
                    Verdict.REFUSED,
                    "",
                    refusal.text(),
                    0,
                    0,
                    refusal.status(),
                    Optional.of(refusal.errcode()));
        }
    }

    private void reply(ReplyTo asking, VerdictReply outcome) {
        VerdictReply addressed = new VerdictReply(
                asking,
                outcome.roomId(),
                outcome.eventId(),
                outcome.verdict(),
                outcome.rule(),
                outcome.reason(),
                outcome.ordinal(),
                outcome.currentState(),
                outcome.status(),
                outcome.errcode());
        publisher.publishAndWait(
                Topics.VERDICT_REPLIES, asking.partition(), asking.correlation(), REPLIES.encode(addressed));
    }
}
