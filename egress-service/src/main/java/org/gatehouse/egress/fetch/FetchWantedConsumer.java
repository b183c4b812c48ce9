package org.gatehouse.egress.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.GraphWish;
import org.gatehouse.cluster.PolicyWish;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.UnreadableRecord;
import org.gatehouse.egress.config.EgressConfig;
import org.gatehouse.egress.policy.PolicyConfig;
import org.gatehouse.egress.policy.WorkPolicyWish;
import org.gatehouse.runtime.log.RecordIntake;
import org.gatehouse.runtime.log.RecordIntakes;

/**
 * Reads the graph's wishes. Gaps are filled one after another in a room, rooms side by side. Policy servers are asked
 * beside that, in a few lanes for each of them, so that one that is slow holds up nothing but its own rooms.
 */
@ApplicationScoped
class FetchWantedConsumer {

    private static final RecordCodec<GraphWish> CODEC = RecordCodec.of(GraphWish.class);
    private static final int MAX_IN_FLIGHT = 256;
    private static final int MAX_ASKS_IN_FLIGHT = 2_000;
    private static final int REMEMBERED = 10_000;

    private final RecordIntake intake;
    private final RecordIntake asks;
    private final FillGap fillGap;
    private final WorkPolicyWish workPolicyWish;
    private final PolicyConfig policy;
    private final Clock clock;

    /** Wishes whose outcome lies in the log: event-graph repeats them after a restart. */
    private final Cache<String, Boolean> answered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    FetchWantedConsumer(
            RecordIntakes intakes,
            EgressConfig config,
            PolicyConfig policy,
            FillGap fillGap,
            WorkPolicyWish workPolicyWish,
            Clock clock) {
        this.intake = intakes.open("fetch", config.fetchers(), MAX_IN_FLIGHT);
        this.asks = intakes.open("policy", policy.askers(), MAX_ASKS_IN_FLIGHT);
        this.fillGap = fillGap;
        this.workPolicyWish = workPolicyWish;
        this.policy = policy;
        this.clock = clock;
    }

    @Incoming("fetch-wanted")
    public Uni<Void> receive(Message<byte[]> message) {
        GraphWish wish;
        try {
            wish = CODEC.decode(message.getPayload());
        } catch (UnreadableRecord e) {
            return intake.accept(message, record -> {
                throw e;
            });
        }
        if (wish instanceof PolicyWish question) {
            Instant inTime = clock.instant().plus(policy.askDeadline());
            AtomicBoolean begun = new AtomicBoolean();
            return asks.accept(message, lane(question), record -> ask(question, inTime, begun));
        }
        return intake.accept(message, record -> fill((FetchWish) wish));
    }

    private void fill(FetchWish wish) throws InterruptedException {
        if (answered.getIfPresent(wish.wishId()) == null) {
            fillGap.fill(wish);
            answered.put(wish.wishId(), true);
        }
    }

    private String lane(PolicyWish question) {
        int number = Math.floorMod(question.eventId().hashCode(), policy.asksPerServer());
        return question.policy().via() + " " + number;
    }

    /** What waits because a service of ours is away has begun, and is asked when that is back. */
    private void ask(PolicyWish question, Instant inTime, AtomicBoolean begun) {
        String id = "policy " + question.eventId();
        if (answered.getIfPresent(id) != null) {
            return;
        }
        if (!begun.getAndSet(true) && clock.instant().isAfter(inTime)) {
            workPolicyWish.giveUp(question);
        } else {
            workPolicyWish.work(question);
        }
        answered.put(id, true);
    }
}
