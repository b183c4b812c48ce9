package org.gatehouse.stateresolution.judgement;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.gatehouse.stateresolution.room.Rooms;

/** Tells the rooms when partitions move between instances. */
@ApplicationScoped
@Identifier("judge")
class Ownership implements KafkaConsumerRebalanceListener {

    private final Rooms rooms;

    Ownership(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        rooms.ownershipChanged();
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        rooms.ownershipChanged();
    }
}
