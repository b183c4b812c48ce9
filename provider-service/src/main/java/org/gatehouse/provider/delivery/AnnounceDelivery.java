package org.gatehouse.provider.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.log.Publisher;

/** Says that a verdict is delivered: on this instance at once, then in the table, then to the others. */
@ApplicationScoped
class AnnounceDelivery {

    private static final RecordCodec<DeliveryNotice> CODEC = RecordCodec.of(DeliveryNotice.class);

    private final Listeners listeners;
    private final DeliveredOffsets delivered;
    private final Publisher publisher;

    AnnounceDelivery(Listeners listeners, DeliveredOffsets delivered, Publisher publisher) {
        this.listeners = listeners;
        this.delivered = delivered;
        this.publisher = publisher;
    }

    /** @throws org.gatehouse.runtime.log.LogUnavailable if the others could not be told */
    void announce(DeliveryNotice notice) {
        listeners.tell(notice);
        delivered.put(notice.partition(), notice.offset());
        publisher.publishAndWait(Topics.PROVIDER_NOTIFY, notice.key(), CODEC.encode(notice));
    }
}
