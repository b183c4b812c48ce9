package org.gatehouse.provider.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.provider.door.ProviderConfig;
import org.jboss.logging.Logger;

/**
 * Lets a request that has its verdict wait, shortly, until the event is also delivered here, so that a user reads what
 * it wrote. For worker threads.
 */
@ApplicationScoped
public class AwaitDelivery {

    private static final Logger LOG = Logger.getLogger(AwaitDelivery.class);

    private final Listeners listeners;
    private final Timelines timelines;
    private final Duration limit;

    public AwaitDelivery(Listeners listeners, Timelines timelines, ProviderConfig config) {
        this.listeners = listeners;
        this.timelines = timelines;
        this.limit = config.deliveryTimeout();
    }

    /** Returns when the room's timeline has reached the ordinal, or the time is up: the event is safe either way. */
    public void reached(RoomId roomId, long ordinal) {
        CountDownLatch reached = new CountDownLatch(1);
        try (Listeners.Subscription listening = listeners.listen(notice -> {
            if (notice.roomId().equals(roomId) && notice.ordinal() >= ordinal) {
                reached.countDown();
            }
        })) {
            if (!isReached(roomId, ordinal) && !reached.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debugf("not delivered in time: roomId=%s ordinal=%d", roomId, ordinal);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReached(RoomId roomId, long ordinal) {
        return timelines.head(roomId).filter(head -> head.newest() >= ordinal).isPresent();
    }
}
