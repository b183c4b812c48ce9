package org.gatehouse.provider.sync;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.delivery.DeliveryNotice;
import org.gatehouse.provider.delivery.Listeners;

/** Wakes one waiting sync. It listens before the first look at the tables, so that nothing falls in between. */
final class Wakeup implements AutoCloseable {

    private final UserId userId;
    private final Listeners.Subscription listening;
    private volatile Optional<Set<RoomId>> rooms = Optional.empty();
    private volatile CompletableFuture<Void> signal = new CompletableFuture<>();

    @SuppressWarnings("this-escape")
    Wakeup(UserId userId, Listeners listeners) {
        this.userId = userId;
        this.listening = listeners.listen(this::hear);
    }

    /** Completes at the next news after this call. */
    CompletableFuture<Void> arm() {
        signal = new CompletableFuture<>();
        return signal;
    }

    /** Before this is called, everything wakes. */
    void watch(Set<RoomId> watched) {
        rooms = Optional.of(watched);
    }

    private void hear(DeliveryNotice notice) {
        boolean concerns = notice.users().contains(userId)
                || rooms.isEmpty()
                || rooms.get().contains(notice.roomId());
        if (concerns) {
            signal.complete(null);
        }
    }

    @Override
    public void close() {
        listening.close();
    }
}
