package org.gatehouse.provider.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.Topics;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.runtime.log.Outgoing;
import org.gatehouse.runtime.log.Publisher;

/** Says that verdicts are delivered: on this instance at once, then in the table, then to the others. */
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

    /**
     * Announces what was delivered of one partition; the other instances hear of each room once, up to its newest event.
     *
     * @param notices of records that follow each other
     * @throws org.gatehouse.runtime.log.LogUnavailable if the others could not be told
     */
    void announce(List<DeliveryNotice> notices) {
        notices.forEach(listeners::tell);
        DeliveryNotice last = notices.get(notices.size() - 1);
        delivered.put(last.partition(), last.offset());
        publisher.publishAllAndWait(onePerRoom(notices).stream()
                .map(notice -> Outgoing.of(Topics.PROVIDER_NOTIFY, notice.key(), CODEC.encode(notice)))
                .toList());
    }

    static Collection<DeliveryNotice> onePerRoom(List<DeliveryNotice> notices) {
        Map<RoomId, DeliveryNotice> newest = new LinkedHashMap<>();
        for (DeliveryNotice notice : notices) {
            newest.merge(notice.roomId(), notice, DeliveryNotice::followedBy);
        }
        return newest.values();
    }
}
