package org.gatehouse.provider.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Who on this instance wants to hear of deliveries: waiting syncs, and requests that wait for their own event. */
@ApplicationScoped
public class Listeners {

    private final Set<Consumer<DeliveryNotice>> listening = ConcurrentHashMap.newKeySet();
    private final Watermarks watermarks;

    public Listeners(Watermarks watermarks) {
        this.watermarks = watermarks;
    }

    /** Listens until the subscription is closed. */
    public Subscription listen(Consumer<DeliveryNotice> listener) {
        listening.add(listener);
        return () -> listening.remove(listener);
    }

    /** Tells everybody; may be called more than once for the same delivery. */
    void tell(DeliveryNotice notice) {
        watermarks.advance(notice.partition(), notice.offset());
        listening.forEach(listener -> listener.accept(notice));
    }

    /** What ends a listening. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
