package org.gatehouse.egress.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.gatehouse.cluster.FetchWish;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.egress.config.EgressConfig;
import org.gatehouse.runtime.log.RecordIntake;
import org.gatehouse.runtime.log.RecordIntakes;
import org.gatehouse.runtime.log.SourceRecord;

/** Reads the graph's wishes: one after another in a room, rooms side by side. */
@ApplicationScoped
class FetchWantedConsumer {

    private static final RecordCodec<FetchWish> CODEC = RecordCodec.of(FetchWish.class);
    private static final int MAX_IN_FLIGHT = 256;
    private static final int REMEMBERED = 10_000;

    private final RecordIntake intake;
    private final FillGap fillGap;

    /** Wishes whose outcome lies in the log: event-graph repeats them after a restart. */
    private final Cache<String, Boolean> answered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    FetchWantedConsumer(RecordIntakes intakes, EgressConfig config, FillGap fillGap) {
        this.intake = intakes.open("fetch", config.fetchers(), MAX_IN_FLIGHT);
        this.fillGap = fillGap;
    }

    @Incoming("fetch-wanted")
    public Uni<Void> receive(Message<byte[]> message) {
        return intake.accept(message, this::work);
    }

    private void work(SourceRecord record) throws InterruptedException {
        FetchWish wish = CODEC.decode(record.value());
        if (answered.getIfPresent(wish.wishId()) == null) {
            fillGap.fill(wish);
            answered.put(wish.wishId(), true);
        }
    }
}
