package org.gatehouse.provider.sync;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.gatehouse.provider.delivery.Listeners;

/** Answers a sync when there is something to say, or when its time is up. No thread waits. */
@ApplicationScoped
class AwaitNews {

    private final BuildSync build;
    private final Listeners listeners;
    private final Clock clock;

    AwaitNews(BuildSync build, Listeners listeners, Clock clock) {
        this.build = build;
        this.listeners = listeners;
        this.clock = clock;
    }

    Uni<SyncResult> await(SyncRequest request, Duration timeout) {
        Wakeup wakeup = new Wakeup(request.userId(), listeners);
        long deadline = clock.millis() + timeout.toMillis();
        return look(request, wakeup, deadline).onTermination().invoke(wakeup::close);
    }

    private Uni<SyncResult> look(SyncRequest request, Wakeup wakeup, long deadline) {
        CompletableFuture<Void> news = wakeup.arm();
        return Uni.createFrom()
                .item(() -> build.build(request))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(result -> settle(result, request, wakeup, news, deadline));
    }

    private Uni<SyncResult> settle(
            SyncResult result, SyncRequest request, Wakeup wakeup, CompletableFuture<Void> news, long deadline) {
        long remaining = deadline - clock.millis();
        if (!result.isEmpty() || request.since().isEmpty() || request.fullState() || remaining <= 0) {
            return Uni.createFrom().item(result);
        }
        wakeup.watch(result.watched());
        return Uni.createFrom()
                .completionStage(news)
                .ifNoItem()
                .after(Duration.ofMillis(remaining))
                .recoverWithUni(Uni.createFrom().voidItem())
                .chain(() -> look(request, wakeup, deadline));
    }
}
