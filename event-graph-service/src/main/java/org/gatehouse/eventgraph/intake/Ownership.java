package org.gatehouse.eventgraph.intake;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.gatehouse.eventgraph.connect.RememberedEvents;
import org.gatehouse.eventgraph.connect.RoomGraphs;

/** Forgets what is in memory when partitions move: another owner may have gone on with the rooms in between. */
@ApplicationScoped
@Identifier("pdu-received")
class Ownership implements KafkaConsumerRebalanceListener {

    private final RoomGraphs graphs;
    private final RememberedEvents events;

    Ownership(RoomGraphs graphs, RememberedEvents events) {
        this.graphs = graphs;
        this.events = events;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            graphs.startTenure();
            events.forget();
        }
    }
}
