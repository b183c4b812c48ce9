package org.gatehouse.provider.authoring;

import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.cluster.RecordCodec;
import org.gatehouse.cluster.SendWish;
import org.gatehouse.cluster.Topics;
import org.gatehouse.runtime.log.Publisher;

/** Topic send-wanted. */
@ApplicationScoped
class KafkaWishes implements Wishes {

    private static final RecordCodec<SendWish> CODEC = RecordCodec.of(SendWish.class);

    private final Publisher publisher;

    KafkaWishes(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void publish(SendWish wish) {
        publisher.publishAndWait(Topics.SEND_WANTED, wish.key(), CODEC.encode(wish));
    }
}
